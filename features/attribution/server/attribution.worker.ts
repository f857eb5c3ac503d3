import { parentPort } from 'node:worker_threads'
import { type MeasureOptions, measureModels } from './measure-models.ts'
import type { PackedRows } from './packed-rows.ts'
import { chooseWays, createPathTable } from './path-table.ts'
import type { MeasuredModels } from './run-models.ts'

/** Rows of the side that is asked about, or of the one it is compared with. */
export type WorkerRequest =
  | { rows: PackedRows; side: number }
  | { finish: MeasureOptions & { separator: string; sides: number } }

const port = parentPort
let rows: PackedRows[][] = [[], []]

port?.on('message', (request: WorkerRequest) => {
  if ('rows' in request) {
    rows[request.side]?.push(request.rows)
    return
  }
  const { separator, sides, ...options } = request.finish
  const builders = rows.slice(0, sides).map((some) => {
    const builder = createPathTable(separator)
    for (const slice of some) builder.add(slice)
    return builder
  })
  rows = []
  const kept = chooseWays(builders.map((builder) => builder.count()))
  const answer = builders.map((builder): MeasuredModels => {
    const table = builder.finish(kept)
    const { channels, joined, reach, totals } = table
    return { channels, joined, reach, totals, models: measureModels(table, options) }
  })
  port.postMessage(answer)
})
