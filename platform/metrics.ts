import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  registry: Registry
  ingested: Counter<'outcome'>
  ingestSeconds: Histogram
  flushRows: Histogram
  consumerLag: Gauge
  requestSeconds: Histogram<'method' | 'route' | 'status'>
}

/** A registry of its own for each application, so that tests can make several. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry, prefix: 'tropa_' })
  const registers = [registry]
  return {
    registry,
    ingested: new Counter({
      name: 'tropa_ingest_events_total',
      help: 'Events by what became of them',
      labelNames: ['outcome'],
      registers,
    }),
    ingestSeconds: new Histogram({
      name: 'tropa_ingest_seconds',
      help: 'Time from request to durable',
      buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
      registers,
    }),
    flushRows: new Histogram({
      name: 'tropa_flush_rows',
      help: 'Rows committed together',
      buckets: [1, 10, 100, 1_000, 10_000],
      registers,
    }),
    consumerLag: new Gauge({
      name: 'tropa_consumer_lag_seconds',
      help: 'Age of the oldest event whose effects are to come',
      registers,
    }),
    requestSeconds: new Histogram({
      name: 'tropa_request_seconds',
      help: 'Time to answer',
      labelNames: ['method', 'route', 'status'],
      buckets: [0.005, 0.025, 0.1, 0.5, 2, 10],
      registers,
    }),
  }
}
