import { parentPort } from 'node:worker_threads'
import { lookAtWeeks } from './models/to-found.ts'
import { toFigures, type WeeklyData } from './weekly-result.ts'

const port = parentPort

port?.on('message', (data: WeeklyData) => port.postMessage(lookAtWeeks(toFigures(data))))
