import { type Static, type TSchema, Type } from 'typebox'
import { ReportMeta } from '../reports/contract.ts'
import { NewSavedReport } from '../reports/saved-contract.ts'
import { CALL_REASONS, MAX_CARDS } from './vocabulary.ts'

const strict = { additionalProperties: false }
const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Id = Type.Integer({ minimum: 1, maximum: Number.MAX_SAFE_INTEGER })
const Name = Type.String({ minLength: 1, maxLength: 120 })

/** A question pinned to a board: which report, asked what. */
export const BoardCard = Type.Object({ id: Id, ...NewSavedReport.properties, createdBy: Type.String() })
export type BoardCard = Static<typeof BoardCard>

export const BoardItem = Type.Object({
  id: Id,
  name: Type.String(),
  /** Shown on the shop's first page; one board at most. */
  isHome: Type.Boolean(),
  cards: Type.Integer({ description: 'How many there are.' }),
  createdBy: Type.String(),
})
export type BoardItem = Static<typeof BoardItem>

export const BoardList = Type.Object({ items: Type.Array(BoardItem) })
export type BoardList = Static<typeof BoardList>

export const Board = Type.Object({ ...BoardItem.properties, cards: Type.Array(BoardCard) })
export type Board = Static<typeof Board>

export const NewBoard = Type.Object({ name: Name }, strict)
export type NewBoard = Static<typeof NewBoard>

export const BoardChange = Type.Partial(Type.Object({ name: Name, isHome: Type.Boolean() }, strict), {
  ...strict,
  minProperties: 1,
})
export type BoardChange = Static<typeof BoardChange>

export const NewCard = NewSavedReport
export type NewCard = Static<typeof NewCard>

export const CardChange = Type.Object({ name: Name }, strict)

/** The board's cards in their new order, all of them. */
export const CardOrder = Type.Object(
  { cards: Type.Array(Id, { maxItems: MAX_CARDS, uniqueItems: true }) },
  strict,
)

export const CallQuestion = Type.Object(
  {
    /** `open`: not called yet. `called`: somebody has, and when. */
    show: Type.Optional(Type.Enum(['open', 'called'])),
    reason: Type.Optional(Type.Enum([...CALL_REASONS])),
    cursor: Type.Optional(Type.String({ maxLength: 500 })),
    limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  },
  strict,
)
export type CallQuestion = Static<typeof CallQuestion>

export const CallTrouble = Type.Object({
  reason: Type.Enum([...CALL_REASONS]),
  /** What it is about: an order, a case, or the message that told of it. */
  subject: Type.String(),
  /** ISO 8601, UTC: when it went wrong, or was to be there. */
  since: Type.String(),
  orderId: Nullable(Type.String()),
  /** The mark from −100 to 100, or days: late, or since the case was opened. null where there is none. */
  value: Nullable(Type.Number()),
})
export type CallTrouble = Static<typeof CallTrouble>

/** A customer with something that went wrong lately and that a call may mend. How to reach them stands on their page. */
export const Call = Type.Object({
  person: Type.Object({ id: Type.String(), name: Type.String() }),
  troubles: Type.Array(CallTrouble, { minItems: 1 }),
  /** Minor units of the largest order that it is about. */
  amount: Nullable(Type.Integer()),
  currency: Type.String(),
  hasPhone: Type.Boolean(),
  hasEmail: Type.Boolean(),
  called: Nullable(Type.Object({ by: Type.String(), at: Type.String() })),
})
export type Call = Static<typeof Call>

export const CallList = Type.Object({
  items: Type.Array(Call),
  nextCursor: Nullable(Type.String()),
  /** Customers to call and called, whatever page is shown. */
  open: Type.Integer(),
  called: Type.Integer(),
  /** With trouble too, but nobody knows their phone or e-mail. */
  unreachable: Type.Integer(),
})
export type CallList = Static<typeof CallList>

const Counted = Type.Object({
  /** Of yesterday. */
  n: Type.Integer(),
  /** What such a weekday usually has (95 % of them); null: too few such days are known. */
  usual: Nullable(Type.Object({ low: Type.Integer(), high: Type.Integer() })),
})
export type Counted = Static<typeof Counted>

/** Yesterday in the shop, beside what that weekday usually is. */
export const TodayFacts = Type.Object({
  meta: ReportMeta,
  day: Type.String({ description: 'Yesterday, a day of the shop.' }),
  orders: Counted,
  persons: Counted,
  answers: Counted,
  /** false: nothing has ever been recorded. */
  hasEvents: Type.Boolean(),
})
export type TodayFacts = Static<typeof TodayFacts>
