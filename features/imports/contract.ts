import { type Static, type TSchema, Type } from 'typebox'

export const presetKeys = ['olist', 'olist-leads', 'orders', 'events'] as const
export type PresetKey = (typeof presetKeys)[number]

/** Presets whose columns the shop maps itself. */
export const tablePresets = ['orders', 'events'] as const
export type TablePreset = (typeof tablePresets)[number]

export const importStates = ['waiting', 'running', 'done', 'failed', 'cancelled'] as const
export type ImportState = (typeof importStates)[number]

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** ISO 8601, UTC. */
const Instant = Type.String({ format: 'date-time' })

/** What the stores hold in the end of everything that came by this preset. */
export const ImportFigures = Type.Object({
  events: Type.Integer(),
  persons: Type.Integer(),
  orders: Type.Integer(),
  /** Orders with a promised day and a known day of arrival, and how many of them came late, by calendar day. */
  judged: Type.Integer(),
  late: Type.Integer(),
  /** Sum of all payments in minor units, by currency. */
  payments: Type.Array(
    Type.Object({ currency: Type.String(), rows: Type.Integer(), amount: Type.Integer() }),
  ),
  reviews: Type.Integer(),
  leads: Type.Integer(),
  deals: Type.Integer(),
  /** False when the effects of the last events were still on their way. */
  isComplete: Type.Boolean(),
})
export type ImportFigures = Static<typeof ImportFigures>

export const ImportProgress = Type.Object({
  id: Type.Integer(),
  state: Type.Enum(importStates),
  rows: Type.Integer(),
  /** Events that are new. */
  recorded: Type.Integer(),
  /** Events that were already there. */
  duplicates: Type.Integer(),
  /** Orders that stood otherwise in an earlier file and were put right. */
  corrected: Type.Integer(),
  bad: Type.Integer(),
  /** 0…1 of the files' bytes. */
  share: Type.Number(),
  bytes: Type.Integer(),
  bytesTotal: Type.Integer(),
  rowsPerSecond: Nullable(Type.Number()),
  secondsLeft: Nullable(Type.Number()),
  /** True while a store is away: the import waits for it. */
  isWaiting: Type.Boolean(),
})
export type ImportProgress = Static<typeof ImportProgress>

export const ImportView = Type.Object({
  ...ImportProgress.properties,
  preset: Type.Enum(presetKeys),
  origin: Type.Enum(['web', 'cli']),
  files: Type.Array(Type.Object({ name: Type.String(), bytes: Type.Integer() })),
  timeZone: Type.String(),
  /** Bad rows by reason, most frequent first. */
  reasons: Type.Array(Type.Object({ reason: Type.String(), rows: Type.Integer() })),
  figures: Nullable(ImportFigures),
  problem: Nullable(Type.Object({ code: Type.String(), message: Type.String() })),
  createdBy: Type.String(),
  createdAt: Instant,
  finishedAt: Nullable(Instant),
  seconds: Type.Number(),
})
export type ImportView = Static<typeof ImportView>

export const ImportList = Type.Object({ items: Type.Array(ImportView), nextCursor: Nullable(Type.String()) })
export type ImportList = Static<typeof ImportList>

export const UploadedFile = Type.Object({ id: Type.String(), name: Type.String(), bytes: Type.Integer() })
export type UploadedFile = Static<typeof UploadedFile>

/** How a table is read. `fields` are ours, columns are the file's. */
export const TableMapping = Type.Object({
  fields: Type.Record(Type.String({ maxLength: 60 }), Type.String({ maxLength: 300 })),
  dateOrder: Type.Optional(Type.Enum(['dmy', 'mdy'])),
  decimal: Type.Optional(Type.Enum(['.', ','])),
  /** Of amounts without a currency of their own; the shop's unless told otherwise. */
  currency: Type.Optional(Type.String({ maxLength: 8 })),
  /** Orders: what each status of the file means; `ignore` for those that say nothing. */
  states: Type.Optional(Type.Record(Type.String({ maxLength: 300 }), Type.String({ maxLength: 20 }))),
  /** Events: the name of every row, where no column holds it. */
  eventName: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
})
export type TableMapping = Static<typeof TableMapping>

const FileIds = Type.Array(Type.String({ format: 'uuid' }), { minItems: 1, maxItems: 20 })

export const PreviewRequest = Type.Object({
  files: FileIds,
  /** Recognised by the files unless told. */
  preset: Type.Optional(Type.Enum(presetKeys)),
  timeZone: Type.Optional(Type.String({ maxLength: 64 })),
  /** Guessed unless told, or remembered from the last file with these columns. */
  mapping: Type.Optional(TableMapping),
})
export type PreviewRequest = Static<typeof PreviewRequest>

export const guessReasons = ['name', 'values', 'name_and_values', 'remembered', 'chosen'] as const

export const FieldPreview = Type.Object({
  field: Type.String(),
  isRequired: Type.Boolean(),
  column: Nullable(Type.String()),
  why: Nullable(Type.Enum(guessReasons)),
  confidence: Nullable(Type.Number()),
})
export type FieldPreview = Static<typeof FieldPreview>

/** What one row becomes, for a sentence: an event with its values as they will be recorded. */
export const RowPreview = Type.Object({
  line: Type.Integer(),
  events: Type.Array(
    Type.Object({
      name: Type.String(),
      at: Nullable(Instant),
      properties: Type.Record(Type.String(), Type.Unknown()),
    }),
  ),
  person: Nullable(Type.String()),
  problem: Nullable(Type.Object({ reason: Type.String(), detail: Type.String() })),
})
export type RowPreview = Static<typeof RowPreview>

export const ImportPreview = Type.Object({
  preset: Type.Enum(presetKeys),
  files: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.String(),
      bytes: Type.Integer(),
      encoding: Nullable(Type.String()),
      delimiter: Nullable(Type.String()),
    }),
  ),
  timeZone: Type.String(),
  columns: Type.Array(Type.String()),
  /** The first rows as they stand in the file. */
  rows: Type.Array(Type.Object({ line: Type.Integer(), cells: Type.Array(Type.String()) })),
  /** Null for presets that need no mapping. */
  mapping: Nullable(TableMapping),
  fields: Type.Array(FieldPreview),
  /** Statuses found in the sample, with the state guessed or chosen for each. */
  states: Type.Array(
    Type.Object({ status: Type.String(), rows: Type.Integer(), state: Nullable(Type.String()) }),
  ),
  sample: Type.Array(RowPreview),
  sampleRows: Type.Integer(),
  sampleBad: Type.Integer(),
  /** What stands in the way of starting, each a code with its values. */
  problems: Type.Array(Type.Object({ code: Type.String(), message: Type.String() })),
})
export type ImportPreview = Static<typeof ImportPreview>

export const StartRequest = Type.Object({
  files: FileIds,
  preset: Type.Enum(presetKeys),
  timeZone: Type.Optional(Type.String({ maxLength: 64 })),
  mapping: Type.Optional(TableMapping),
})
export type StartRequest = Static<typeof StartRequest>

export const ImportLimits = Type.Object({ maxBytes: Type.Integer() })
export type ImportLimits = Static<typeof ImportLimits>
