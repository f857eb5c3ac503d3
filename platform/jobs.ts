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
export async function startJobs(databaseUrl: string, deps: Deps, jobs: Job[]): Promise<Jobs> {
  if (jobs.length === 0) return { close: async () => undefined }
  const boss = new PgBoss({ connectionString: databaseUrl, max: 2, application_name: 'tropa-jobs' })
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
