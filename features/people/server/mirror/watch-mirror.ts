import { Gauge } from 'prom-client'
import type { Deps } from '../../../../platform/room.ts'
import { readMirrorLag } from './link-mirror.ts'

/** The mirror's lag among the figures for monitors, read when they are asked for. */
export function watchMirror({ db, metrics }: Pick<Deps, 'db' | 'metrics'>): void {
  new Gauge({
    name: 'tropa_link_mirror_lag_seconds',
    help: 'Age of the oldest link of an identity that is not in the event store yet',
    registers: [metrics.registry],
    async collect() {
      this.set((await readMirrorLag(db)).seconds)
    },
  })
}
