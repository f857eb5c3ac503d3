import { parentPort } from 'node:worker_threads'
import type { Outcome } from '../contract.ts'
import type { IntendedPath } from './models/align-path.ts'
import { createJourneyCounter, type JourneyCounter, type PathRow } from './models/count-journeys.ts'

export type WorkerRequest = { path: IntendedPath; outcome: Outcome } | { rows: PathRow[] } | 'finish'

const port = parentPort
let counter: JourneyCounter | undefined

port?.on('message', (request: WorkerRequest) => {
  if (request === 'finish') port.postMessage(counter?.finish())
  else if ('rows' in request) counter?.add(request.rows)
  else counter = createJourneyCounter(request.path, request.outcome)
})
