import { type Static, type TSchema, Type } from 'typebox'

export const orderStates = [
  'placed',
  'confirmed',
  'packed',
  'shipped',
  'arrived',
  'received',
  'refused',
  'returned',
  'cancelled',
] as const
export type OrderState = (typeof orderStates)[number]

/** Why something about an order's course is doubtful. Nothing is thrown away: it is kept and said. */
export const flagReasons = [
  /** It is known from a later step only. */
  'not_placed',
  /** A step is dated earlier than the order itself. */
  'before_placed',
  /** A step was reported after a later one: shipped after received, confirmed after shipped. */
  'went_back',
  /** Something happened after the order had ended. */
  'after_end',
  /** It came back although nobody is known to have received it. */
  'return_without_receipt',
  /** It came, but the day isn't known: lateness can't be judged. */
  'time_unknown',
] as const
export type FlagReason = (typeof flagReasons)[number]

/** How an order ended, seen from the shop's money. */
export const orderEndings = [
  'bought_out',
  'returned',
  'refused',
  'cancelled_on_the_way',
  'cancelled_before',
] as const
export type OrderEnding = (typeof orderEndings)[number]

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])

export const OrderStateSchema = Type.Enum(orderStates)
/** ISO 8601, UTC. */
const Instant = Type.String({ format: 'date-time' })
/** `YYYY-MM-DD` in the shop's zone. */
const DayText = Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$' })
/** Minor units. */
const Minor = Type.Integer()

export const OrderItem = Type.Object({
  id: Nullable(Type.String()),
  sku: Nullable(Type.String()),
  name: Nullable(Type.String()),
  category: Nullable(Type.String()),
  quantity: Type.Number(),
  price: Nullable(Minor),
  extra: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
})
export type OrderItem = Static<typeof OrderItem>

export const OrderStep = Type.Object({
  state: Type.Enum([...orderStates, 'paid'] as const),
  at: Instant,
  on: DayText,
  event: Type.String(),
  isTimeUnknown: Type.Boolean(),
})
export type OrderStep = Static<typeof OrderStep>

export const OrderPromise = Type.Object({
  promisedOn: DayText,
  at: Instant,
  /** The event that carried the promise: who made it. */
  event: Type.String(),
  /** The one that the customer ordered by, against which lateness is judged. */
  isJudged: Type.Boolean(),
})
export type OrderPromise = Static<typeof OrderPromise>

export const OrderPayment = Type.Object({
  at: Instant,
  amount: Nullable(Minor),
  method: Nullable(Type.String()),
  installments: Nullable(Type.Number()),
  /** False: the payment was begun and never confirmed. */
  isCompleted: Type.Boolean(),
})
export type OrderPayment = Static<typeof OrderPayment>

export const OrderFlag = Type.Object({
  reason: Type.Enum(flagReasons),
  from: Nullable(OrderStateSchema),
  to: Type.Enum([...orderStates, 'paid'] as const),
  at: Instant,
  event: Type.String(),
})
export type OrderFlag = Static<typeof OrderFlag>

export const OrderListItem = Type.Object({
  id: Type.String(),
  state: OrderStateSchema,
  ending: Nullable(Type.Enum(orderEndings)),
  orderedAt: Instant,
  orderedOn: DayText,
  amount: Nullable(Minor),
  currency: Type.String(),
  paidAt: Nullable(Instant),
  paymentMethod: Nullable(Type.String()),
  region: Nullable(Type.String()),
  promisedOn: Nullable(DayText),
  arrivedOn: Nullable(DayText),
  lateDays: Nullable(Type.Integer()),
  /** Promised for a day that has passed, and not arrived yet. */
  isOverdue: Type.Boolean(),
  itemCount: Type.Integer(),
  flagCount: Type.Integer(),
  person: Nullable(Type.Object({ id: Type.String(), name: Nullable(Type.String()) })),
})
export type OrderListItem = Static<typeof OrderListItem>

export const OrderDetail = Type.Object({
  ...OrderListItem.properties,
  steps: Type.Array(OrderStep),
  promises: Type.Array(OrderPromise),
  payments: Type.Array(OrderPayment),
  flags: Type.Array(OrderFlag),
  items: Type.Array(OrderItem),
  paidAmount: Nullable(Minor),
  discount: Nullable(Minor),
  shipping: Nullable(Minor),
  tax: Nullable(Minor),
  promisedLastOn: Nullable(DayText),
  isErased: Type.Boolean(),
  extra: Type.Record(Type.String(), Type.Unknown()),
})
export type OrderDetail = Static<typeof OrderDetail>

/** A share with its 95 % Wilson interval, all 0…1; null when there is nothing to take a share of. */
export const Share = Nullable(
  Type.Object({
    k: Type.Integer(),
    n: Type.Integer(),
    share: Type.Number(),
    low: Type.Number(),
    high: Type.Number(),
  }),
)
export type Share = Static<typeof Share>

export const OrderSummary = Type.Object({
  orders: Type.Integer(),
  open: Type.Integer(),
  byState: Type.Record(Type.String(), Type.Integer()),
  /** Persons who ordered ÷ persons seen in the period; the other filters don't apply to it. */
  orderRate: Share,
  buyOut: Share,
  late: Share,
  refused: Type.Integer(),
  returned: Type.Integer(),
  overdue: Type.Integer(),
  medianDaysToArrive: Nullable(Type.Number()),
  money: Type.Array(Type.Object({ currency: Type.String(), amount: Minor, boughtOut: Minor, paid: Minor })),
})
export type OrderSummary = Static<typeof OrderSummary>

/** `from` and `to` are days of the shop's calendar, half-open, of the day of order. */
export const OrderFilter = Type.Object({
  from: Type.Optional(DayText),
  to: Type.Optional(DayText),
  state: Type.Optional(Type.Enum([...orderStates, 'open'] as const)),
  region: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  method: Type.Optional(Type.String({ minLength: 1, maxLength: 200 })),
  payment: Type.Optional(Type.Enum(['paid', 'unpaid'])),
  delivery: Type.Optional(Type.Enum(['late', 'on_time', 'overdue'])),
  flagged: Type.Optional(Type.Boolean()),
  /** The beginning of an order id, or anything the shop knows a person by. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
})
export type OrderFilter = Static<typeof OrderFilter>

export const OrderListQuery = Type.Object({
  ...OrderFilter.properties,
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type OrderListQuery = Static<typeof OrderListQuery>

export const OrderList = Type.Object({
  items: Type.Array(OrderListItem),
  nextCursor: Nullable(Type.String()),
})
export type OrderList = Static<typeof OrderList>

/** What the filters can be set to: values that occur, most frequent first. */
export const OrderChoices = Type.Object({
  regions: Type.Array(Type.Object({ value: Type.String(), orders: Type.Integer() })),
  methods: Type.Array(Type.Object({ value: Type.String(), orders: Type.Integer() })),
  /** First and last day of order. */
  first: Nullable(DayText),
  last: Nullable(DayText),
})
export type OrderChoices = Static<typeof OrderChoices>

/** What the domain event `Orders Arrived` tells of each order that is judged now or was until now. */
export interface OrderArrival {
  order: string
  identity: string
  /** Null for an order that isn't judged any more: it was cancelled. */
  judged: {
    promisedOn: string
    arrivedOn: string
    /** Calendar days after the promised one; negative when it came early. */
    lateDays: number
    /** ms since 1970. */
    at: number
  } | null
}
