import { type Static, type TSchema, Type } from 'typebox'
import { OrderListItem } from '../orders/contract.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
/** ISO 8601, UTC. */
const Instant = Type.String({ format: 'date-time' })
const Id = Type.String({ format: 'uuid' })

export const identityKinds = ['user', 'email', 'phone', 'messenger', 'anonymous'] as const
const IdentityKind = Type.Enum(identityKinds)

/** How the orders of a person went: `boughtOut` of `ended` is the buy-out rate, `late` of `judged` the late share. */
export const PersonOrders = Type.Object({
  orders: Type.Integer(),
  boughtOut: Type.Integer(),
  ended: Type.Integer(),
  judged: Type.Integer(),
  late: Type.Integer(),
})
export type PersonOrders = Static<typeof PersonOrders>

export const PersonListItem = Type.Object({
  id: Id,
  /** By name, else by what is known best; '' for a visitor of whom nothing is known. */
  label: Type.String(),
  name: Type.String(),
  email: Type.String(),
  phone: Type.String(),
  isKnown: Type.Boolean(),
  firstSeenAt: Nullable(Instant),
  lastSeenAt: Nullable(Instant),
  /** The channel of the first contact; '' when there was none. */
  firstChannel: Type.String(),
  orders: PersonOrders,
})
export type PersonListItem = Static<typeof PersonListItem>

export const PeopleFilter = Type.Object({
  /** Name, e-mail, phone, user id, anonymous id or order id, or the beginning of any. */
  q: Type.Optional(Type.String({ maxLength: 200 })),
  known: Type.Optional(Type.Enum(['known', 'anonymous'])),
})
export type PeopleFilter = Static<typeof PeopleFilter>

export const PeopleQuery = Type.Object({
  ...PeopleFilter.properties,
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})

export const PeopleList = Type.Object({
  items: Type.Array(PersonListItem),
  nextCursor: Nullable(Type.String()),
})
export type PeopleList = Static<typeof PeopleList>

const IdentityName = Type.Object({ kind: IdentityKind, value: Type.String(), identity: Id })

/** What speaks for a link: the rule, the event, and the identities that it brought together. */
export const Evidence = Type.Object({
  rule: Type.String(),
  with: Type.Optional(IdentityName),
  via: Type.Optional(IdentityName),
  event: Type.String(),
  messageId: Type.String(),
  at: Instant,
  source: Type.Integer(),
})
export type Evidence = Static<typeof Evidence>

export const PersonIdentity = Type.Object({
  identity: Id,
  kind: IdentityKind,
  value: Type.String(),
  evidence: Evidence,
})
export type PersonIdentity = Static<typeof PersonIdentity>

export const PersonTrait = Type.Object({ name: Type.String(), value: Type.Unknown(), at: Instant })

export const PersonMerge = Type.Object({
  id: Type.Integer(),
  fromLabel: Type.String(),
  intoLabel: Type.String(),
  identities: Type.Integer(),
  /** Null when a member decided. */
  evidence: Nullable(Evidence),
  /** A member's name; null for a rule. */
  madeBy: Nullable(Type.String()),
  madeAt: Instant,
  undoneBy: Nullable(Type.String()),
  undoneAt: Nullable(Instant),
})
export type PersonMerge = Static<typeof PersonMerge>

export const PersonDetail = Type.Object({
  ...PersonListItem.properties,
  events: Type.Integer(),
  /** Where the person was met, most often first. */
  channels: Type.Array(Type.Object({ channel: Type.String(), events: Type.Integer() })),
  traits: Type.Array(PersonTrait),
  /** The first ones; all of them are in the export. */
  identities: Type.Array(PersonIdentity),
  identityCount: Type.Integer(),
  merges: Type.Array(PersonMerge),
  suggestions: Type.Integer(),
  /** The newest ones. */
  lastOrders: Type.Array(OrderListItem),
})
export type PersonDetail = Static<typeof PersonDetail>

export const timelineTones = ['won', 'lost', 'even', 'quiet'] as const

export const PathItem = Type.Object({
  at: Instant,
  room: Type.String(),
  kind: Type.String(),
  values: Type.Record(Type.String(), Type.Union([Type.String(), Type.Number(), Type.Boolean(), Type.Null()])),
  channel: Type.Optional(Type.String()),
  tone: Type.Optional(Type.Enum(timelineTones)),
  link: Type.Optional(Type.String()),
  ref: Type.Optional(Type.String()),
})
export type PathItem = Static<typeof PathItem>

/** What of a path is shown: visits and other events of the person, how they became known, or a room's part by its name. */
export const PathQuery = Type.Object({
  show: Type.Optional(Type.Array(Type.String({ maxLength: 40 }), { maxItems: 20 })),
  channel: Type.Optional(Type.String({ maxLength: 40 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type PathQuery = Static<typeof PathQuery>

export const Path = Type.Object({ items: Type.Array(PathItem), nextCursor: Nullable(Type.String()) })
export type Path = Static<typeof Path>

export const PersonEvent = Type.Object({
  messageId: Type.String(),
  at: Instant,
  kind: Type.String(),
  name: Type.String(),
  channel: Type.String(),
  path: Type.String(),
  url: Type.String(),
  identity: Id,
  properties: Type.Record(Type.String(), Type.Unknown()),
})
export type PersonEvent = Static<typeof PersonEvent>

export const PersonEventsQuery = Type.Object({
  /** Half-open. */
  from: Instant,
  to: Instant,
  /** Events of this name only. */
  name: Type.Optional(Type.String({ maxLength: 300 })),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 100 })),
})
export const PersonEvents = Type.Object({
  items: Type.Array(PersonEvent),
  nextCursor: Nullable(Type.String()),
})
export type PersonEvents = Static<typeof PersonEvents>

export const mergeConflicts = ['different_users', 'different_emails', 'told_apart'] as const

export const MergePreview = Type.Object({
  from: PersonListItem,
  into: PersonListItem,
  /** What goes over to `into`. */
  moves: Type.Object({
    identities: Type.Array(IdentityName),
    identityCount: Type.Integer(),
    events: Type.Integer(),
    orders: Type.Integer(),
  }),
  /** Traits that both have with different values, or that only `from` has. */
  traits: Type.Array(
    Type.Object({
      name: Type.String(),
      from: Type.Unknown(),
      into: Type.Optional(Type.Unknown()),
      isFromKept: Type.Boolean(),
    }),
  ),
  conflicts: Type.Array(Type.Enum(mergeConflicts)),
})
export type MergePreview = Static<typeof MergePreview>

export const MergeRequest = Type.Object({
  /** Who is to be no more; the person of the address stays. */
  from: Id,
})
export const MergeAnswer = Type.Object({ merge: Type.Integer(), person: Id })
export const PartAnswer = Type.Object({ stayed: Id, left: Id })

export const Suggestion = Type.Object({
  id: Type.Integer(),
  a: PersonListItem,
  b: PersonListItem,
  reason: Type.String(),
  evidence: Evidence,
  madeAt: Instant,
})
export type Suggestion = Static<typeof Suggestion>
export const SuggestionList = Type.Object({
  items: Type.Array(Suggestion),
  nextCursor: Nullable(Type.String()),
})
export type SuggestionList = Static<typeof SuggestionList>

export const AcceptRequest = Type.Object({
  /** Who stays; one of the two. */
  into: Id,
})

export const EraseRequest = Type.Object({
  /** The person's label as shown, typed again; for a visitor without one, the first eight characters of the id. */
  confirm: Type.String({ minLength: 1, maxLength: 300 }),
})

export const Erasure = Type.Object({
  id: Type.Integer(),
  askedAt: Instant,
  askedBy: Type.String(),
  /** Null while the event store still has to forget. */
  finishedAt: Nullable(Instant),
  eventsErased: Nullable(Type.Integer()),
  attempts: Type.Integer(),
  problem: Nullable(Type.String()),
})
export type Erasure = Static<typeof Erasure>
export const ErasureList = Type.Object({ items: Type.Array(Erasure), nextCursor: Nullable(Type.String()) })
export type ErasureList = Static<typeof ErasureList>
