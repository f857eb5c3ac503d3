/** A Segment-spec message, as `recordMessages` takes it. */
export interface Message {
  type: 'track' | 'identify' | 'page'
  messageId: string
  timestamp?: string
  event?: string
  name?: string
  userId?: string
  anonymousId?: string
  properties?: Record<string, unknown>
  traits?: Record<string, unknown>
  context?: Record<string, unknown>
}

/** Text from CSV; any JSON value from NDJSON; undefined where a row of NDJSON lacks the key. */
export type Cell = unknown

/** Why a row that could be read can't be used. Named in the file of bad rows and on screens. */
export const ROW_TROUBLES = {
  missing_value: 'A value that is needed is empty.',
  bad_time: 'The time can’t be understood.',
  bad_amount: 'The amount can’t be understood.',
  bad_number: 'The number can’t be understood.',
  unknown_status: 'No state of an order is chosen for this status.',
  unknown_reference: 'The row names something that the other files don’t have.',
  no_person: 'The row says of nobody: no customer, e-mail, phone or order.',
} as const
export type RowTroubleCode = keyof typeof ROW_TROUBLES

export interface RowTrouble {
  problem: RowTroubleCode
  detail: string
}

/** What a row becomes: events, or the reason why it can't. */
export type RowReader = (cells: readonly Cell[]) => Message[] | RowTrouble

export interface InputFile {
  name: string
  path: string
  bytes: number
}

/** One file of an import and how its rows become events. */
export interface ImportStage {
  file: InputFile
  /** Fails with `unprocessable` naming the columns that are missing. */
  compile(columns: readonly string[]): RowReader
}

export interface PresetOptions {
  shop: number
  /** For times that don't say theirs. */
  timeZone: string
  currency: string
  /** ISO 3166 country of phone numbers without a country code. */
  phoneCountry: string
  mapping: unknown
}

/** A known kind of export. Called again when an import goes on after a crash, so it must give the same stages. */
export interface Preset {
  /** Times without a zone are in this one, unless told otherwise; else in the shop's. */
  timeZone?: string
  prepare(files: readonly InputFile[], options: PresetOptions): Promise<ImportStage[]>
}

export function trouble(problem: RowTroubleCode, detail: string = ROW_TROUBLES[problem]): RowTrouble {
  return { problem, detail }
}

export function isTrouble(outcome: Message[] | RowTrouble): outcome is RowTrouble {
  return 'problem' in outcome
}
