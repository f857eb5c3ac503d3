import { parentPort } from 'node:worker_threads'
import { type ListQuestion, listOfBin } from './models/list-of-bin.ts'
import { measureExposure } from './models/measure-exposure.ts'
import type { DaysQuestion, PersonHistory } from './models/person-days.ts'
import { type HistoryRow, toHistory } from './models/to-history.ts'

export type WorkerRequest =
  | { rows: HistoryRow[]; chances: { with: number; without: number } }
  | { measure: { question: DaysQuestion; maxRows: number } }
  | { list: ListQuestion }

const port = parentPort
const ids: string[] = []
const histories: PersonHistory[] = []

port?.on('message', (request: WorkerRequest) => {
  if ('rows' in request) {
    for (const row of request.rows) {
      ids.push(row.person)
      histories.push(toHistory(row, request.chances))
    }
  } else if ('list' in request) port.postMessage(listOfBin(ids, histories, request.list))
  else port.postMessage(measureExposure(histories, request.measure.question, request.measure.maxRows))
})
