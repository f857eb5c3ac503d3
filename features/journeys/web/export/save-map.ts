import type { JourneyMap } from '../../contract.ts'
import type { ExportWords } from './export-words.ts'

export async function saveMap(_kind: 'png' | 'pdf', _map: JourneyMap, _words: ExportWords): Promise<void> {}
