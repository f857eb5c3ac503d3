import type { Pool } from 'pg'
import { PgBoss } from './pg-boss.ts'
import type { Deps, Job } from './room.ts'

export interface Jobs {
  close(): Promise<void>
}

const POLL_SECONDS = 10

/**
 * Schedules and housekeeping, kept by pg-boss: of several processes one runs a job. Whatever must happen at once goes
 * through the feed and domain events instead.
 */
export async function startJobs(pool: Pool, deps: Deps, jobs: Job[]): Promise<Jobs> {
  if (jobs.length === 0) return { close: async () => undefined }
  const boss = new PgBoss({ db: { executeSql: (text, values) => pool.query(text, values) } })
  boss.on('error', (error: Error) => deps.log.warn({ err: error }, 'the job queue will try again'))
  await boss.start()
  for (const job of jobs) {
    await boss.createQueue(job.name)
    await boss.work(job.name, { pollingIntervalSeconds: POLL_SECONDS }, async () => {
      deps.log.debug({ job: job.name }, 'a job begins')
      await job.run(deps)
    })
    await boss.schedule(job.name, job.cron, {}, { tz: 'UTC' })
  }
  return { close: () => boss.stop({ graceful: true, timeout: 5_000 }) }
}
