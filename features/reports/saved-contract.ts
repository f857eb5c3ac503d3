import { type Static, Type } from 'typebox'

const strict = { additionalProperties: false }

const fields = {
  name: Type.String({ minLength: 1, maxLength: 120 }),
  path: Type.String({
    pattern: '^[a-z][a-z-]{0,39}$',
    description: 'The report’s page below the shop’s address: `funnel`.',
  }),
  search: Type.String({
    maxLength: 16_000,
    // What no address holds, marks among it that no text column takes.
    pattern: '^[^\\s\\u0000-\\u001f\\u007f#<>"\\\\]*$',
    description: 'The question as the page’s address says it after the question mark.',
  }),
}

/** A question kept under a name. */
export const SavedReport = Type.Object({
  id: Type.Integer(),
  ...fields,
  createdBy: Type.String(),
  createdAt: Type.String({ format: 'date-time' }),
  updatedAt: Type.String({ format: 'date-time' }),
})
export type SavedReport = Static<typeof SavedReport>

export const NewSavedReport = Type.Object(fields, strict)
export type NewSavedReport = Static<typeof NewSavedReport>

/** Another name, or another question to the same report. */
export const SavedReportChange = Type.Partial(
  Type.Object({ name: fields.name, search: fields.search }, strict),
  { ...strict, minProperties: 1 },
)
export type SavedReportChange = Static<typeof SavedReportChange>

export const SavedReportQuery = Type.Object({
  q: Type.Optional(Type.String({ maxLength: 120 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
})
export type SavedReportQuery = Static<typeof SavedReportQuery>

const { search: _, ...listed } = SavedReport.properties
/** Without the questions, which may be long. */
export const SavedReportItem = Type.Object(listed)
export type SavedReportItem = Static<typeof SavedReportItem>

export const SavedReportList = Type.Object({
  items: Type.Array(SavedReportItem),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type SavedReportList = Static<typeof SavedReportList>
