import { sql } from 'drizzle-orm'
import { Type } from 'typebox'
import type { App, Deps } from '../platform/room.ts'

const Readiness = Type.Object({
  ready: Type.Boolean(),
  postgres: Type.Boolean(),
  clickhouse: Type.Boolean(),
  lagSeconds: Type.Number(),
})

/** For load balancers and monitors: alive, ready, and figures in Prometheus' text form. */
export function addHealth(app: App, deps: Deps): void {
  app.get(
    '/healthz',
    { schema: { tags: ['health'], response: { 200: Type.Object({ ok: Type.Boolean() }) } } },
    async () => ({ ok: true }),
  )

  app.get(
    '/readyz',
    { schema: { tags: ['health'], response: { 200: Readiness, 503: Readiness } } },
    async (_request, reply) => {
      const [postgres, clickhouse] = await Promise.all([
        answers(deps.db.execute(sql`SELECT 1`)),
        answers(deps.clickhouse.query('SELECT 1')),
      ])
      const ready = postgres && clickhouse
      reply.code(ready ? 200 : 503)
      return { ready, postgres, clickhouse, lagSeconds: deps.runner.lagSeconds() }
    },
  )

  app.get('/metrics', { schema: { tags: ['health'] } }, async (_request, reply) => {
    deps.metrics.consumerLag.set(deps.runner.lagSeconds())
    reply.type(deps.metrics.registry.contentType)
    return deps.metrics.registry.metrics()
  })
}

const PATIENCE_MS = 3_000

async function answers(question: Promise<unknown>): Promise<boolean> {
  const timeout = new Promise<boolean>((resolve) => setTimeout(resolve, PATIENCE_MS, false).unref())
  return Promise.race([
    question.then(
      () => true,
      () => false,
    ),
    timeout,
  ])
}
