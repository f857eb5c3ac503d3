import { parentPort } from 'node:worker_threads'
import { analyseUnits, type UnitsRequest } from './analyse-units.ts'
import { makeListing } from './make-listing.ts'
import { type History, type HistoryRow, readHistory } from './units/read-history.ts'
import type { UnitsPlan } from './units/units-plan.ts'

export type WorkerRequest = { rows: HistoryRow[] } | { analyse: UnitsRequest } | { list: UnitsPlan }

const port = parentPort
const histories: History[] = []

port?.on('message', (request: WorkerRequest) => {
  if ('rows' in request) for (const row of request.rows) histories.push(readHistory(row))
  else port.postMessage(answer(request))
})

function answer(request: Exclude<WorkerRequest, { rows: HistoryRow[] }>) {
  // The store gives them in any order.
  histories.sort((a, b) => (a.person < b.person ? -1 : 1))
  return 'list' in request ? makeListing(histories, request.list) : analyseUnits(histories, request.analyse)
}
