import { sql } from 'drizzle-orm'
import { isRunnerGone, nameRunner } from '../../features/imports/server/actions.ts'
import { AppError } from '../../kernel/errors.ts'
import type { Db } from '../../platform/postgres.ts'
import type { DemoProgress } from './load-demo.ts'

/** The right to make one demo shop, held while it is made. */
export interface DemoLease {
  /** Aborted when somebody else has taken over, because this process was silent too long. */
  lost: AbortSignal
  report(progress: DemoProgress): void
  release(): Promise<void>
}

/** Who was silent for longer has died. */
const SILENCE = sql`interval '30 seconds'`
const BEAT_EVERY_MS = 2_000

interface LeaseRow extends Record<string, unknown> {
  name: string
  runner: string
  persons: number
  persons_total: number
  events: string
}

/** Takes the shop of this name, or says that somebody living makes it already. */
export async function takeDemoLease(db: Db, name: string): Promise<DemoLease> {
  const runner = nameRunner()
  own.add(runner)
  const held = await findHolder(db, name)
  // A killed process of this machine need not be waited for.
  if (held && isGone(held)) await deleteLease(db, name, held)
  const { rowCount } = await db.execute(
    sql`INSERT INTO demo_leases AS l (name, runner, beat_at) VALUES (${name}, ${runner}, now())
        ON CONFLICT (name) DO UPDATE SET runner = excluded.runner, beat_at = now(), persons = 0, events = 0
        WHERE l.beat_at < now() - ${SILENCE}`,
  )
  if (rowCount !== 1)
    throw new AppError(
      'conflict',
      `“${name}” is being made by another process at this moment; wait until it is whole, or make another shop with --seed.`,
    )
  return keepLease(db, name, runner)
}

function keepLease(db: Db, name: string, runner: string): DemoLease {
  const lost = new AbortController()
  let progress: DemoProgress = { persons: 0, personsTotal: 0, events: 0 }
  let beating: Promise<void> = Promise.resolve()
  const beat = async () => {
    const { persons, personsTotal, events } = progress
    const { rowCount } = await db.execute(
      sql`UPDATE demo_leases SET beat_at = now(), persons = ${persons}, persons_total = ${personsTotal}, events = ${events}
          WHERE name = ${name} AND runner = ${runner}`,
    )
    if (rowCount !== 1) lost.abort()
  }
  // PostgreSQL may be away for a moment: the next beat tells.
  const timer = setInterval(() => {
    beating = beating.then(beat).catch(() => undefined)
  }, BEAT_EVERY_MS).unref()
  return {
    lost: lost.signal,
    report(now) {
      progress = now
    },
    async release() {
      clearInterval(timer)
      await beating
      // What can't be given back now is free after its silence.
      await deleteLease(db, name, runner).catch(() => undefined)
    },
  }
}

/** Names that this process has given itself. In a container the next process has the number of the one before. */
const own = new Set<string>()
const numberOf = (runner: string) => runner.slice(0, runner.lastIndexOf(':'))
const THIS_PROCESS = numberOf(nameRunner())

function isGone(runner: string): boolean {
  return isRunnerGone(runner) || (numberOf(runner) === THIS_PROCESS && !own.has(runner))
}

async function findHolder(db: Db, name: string): Promise<string | undefined> {
  const { rows } = await db.execute<LeaseRow>(sql`SELECT runner FROM demo_leases WHERE name = ${name}`)
  return rows[0]?.runner
}

async function deleteLease(db: Db, name: string, runner: string): Promise<void> {
  await db.execute(sql`DELETE FROM demo_leases WHERE name = ${name} AND runner = ${runner}`)
}

/** How far one of these shops is, if a living process makes it, this one or another. */
export async function findDemoInTheMaking(
  db: Db,
  names: readonly string[],
): Promise<{ name: string; progress: DemoProgress } | undefined> {
  const { rows } = await db.execute<LeaseRow>(
    sql`SELECT name, runner, persons, persons_total, events FROM demo_leases
        WHERE name = ANY(${sql.param(names)}::text[]) AND beat_at >= now() - ${SILENCE}`,
  )
  const row = rows.find(({ runner }) => !isGone(runner))
  if (!row) return undefined
  const { name, persons, persons_total: personsTotal, events } = row
  return { name, progress: { persons, personsTotal, events: Number(events) } }
}
