import { setTimeout as sleep } from 'node:timers/promises'
import {
  type EngineExit,
  type EngineLaunch,
  type EngineProcess,
  type EngineRefusal,
  launchEngine,
} from './engine-process.ts'

export interface EngineStatus {
  name: string
  state: 'ready' | 'restarting' | 'stopped'
  pid: number | undefined
  restarts: number
}

export interface SupervisedEngine {
  url: string
  status(): EngineStatus
  stop(): Promise<void>
}

export interface BackOff {
  firstMs: number
  maxMs: number
  /** After so long without a crash the next one is treated as the first. */
  healthyMs: number
}

const BACK_OFF: BackOff = { firstMs: 250, maxMs: 10_000, healthyMs: 60_000 }

interface State {
  launch: EngineLaunch
  onRestart(): void
  backOff: BackOff
  abort: AbortController
  current: EngineProcess | undefined
  restarts: number
}

/**
 * Keeps an engine alive: a crashed one is started again at the same address, so that its clients just reconnect, after
 * a pause that doubles while it keeps crashing.
 */
export async function superviseEngine(
  launch: EngineLaunch,
  options: { onRestart(): void; backOff?: BackOff },
): Promise<SupervisedEngine | EngineRefusal> {
  const first = await launchEngine(launch)
  if ('error' in first) return first
  const state: State = {
    launch: { ...launch, settings: { ...launch.settings, port: readPort(first.url) } },
    onRestart: options.onRestart,
    backOff: options.backOff ?? BACK_OFF,
    abort: new AbortController(),
    current: first,
    restarts: 0,
  }
  const watching = watch(state).catch((error) => {
    if (!state.abort.signal.aborted) launch.log.error({ err: error }, 'the watch over an engine ended')
  })
  return {
    url: first.url,
    status: () => readStatus(state),
    async stop() {
      state.abort.abort()
      await state.current?.stop()
      await watching
      // One that was just being started when the stop came.
      await state.current?.stop()
    },
  }
}

async function watch(state: State): Promise<void> {
  const { launch, abort } = state
  const pauses = createPauses(state.backOff)
  while (!abort.signal.aborted) {
    if (state.current) reportEnd(launch, await state.current.ended, abort.signal)
    state.current = undefined
    await sleep(pauses.next(), undefined, { signal: abort.signal })
    const next = await launchEngine(launch)
    if ('error' in next) {
      launch.log.error({ engine: launch.name, err: next.error }, 'the engine did not come back; trying again')
      continue
    }
    state.current = next
    state.restarts++
    if (!abort.signal.aborted) state.onRestart()
  }
}

function readStatus({ launch, abort, current, restarts }: State): EngineStatus {
  const state = abort.signal.aborted ? 'stopped' : current ? 'ready' : 'restarting'
  return { name: launch.name, state, pid: current?.pid, restarts }
}

function createPauses({ firstMs, maxMs, healthyMs }: BackOff) {
  let failures = 0
  let lastStart = Date.now()
  return {
    next(): number {
      failures = Date.now() - lastStart > healthyMs ? 0 : failures
      const pause = Math.min(maxMs, firstMs * 2 ** failures)
      failures++
      lastStart = Date.now() + pause
      return pause
    },
  }
}

function readPort(url: string): number | undefined {
  const { port } = new URL(url)
  return port === '' ? undefined : Number(port)
}

function reportEnd({ name, log }: EngineLaunch, exit: EngineExit, stopped: AbortSignal): void {
  if (stopped.aborted) return
  log.error(
    { engine: name, code: exit.code, signal: exit.signal, lastWords: exit.lastWords },
    'an engine ended unexpectedly; it is being started again',
  )
}
