import { parentPort } from 'node:worker_threads'
import type { PathRow } from '../../paths/server/reads.ts'
import { type MeasureOptions, measureModels } from './measure-models.ts'
import { createPathTable } from './path-table.ts'

export type WorkerRequest = { rows: PathRow[] } | { finish: MeasureOptions & { separator: string } }

const port = parentPort
let rows: PathRow[][] = []

port?.on('message', (request: WorkerRequest) => {
  if ('rows' in request) {
    rows.push(request.rows)
    return
  }
  const { separator, ...options } = request.finish
  const builder = createPathTable(separator)
  for (const some of rows) builder.add(some)
  rows = []
  const table = builder.finish()
  port.postMessage({ channels: table.channels, totals: table.totals, models: measureModels(table, options) })
})
