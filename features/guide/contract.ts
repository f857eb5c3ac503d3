import { type Static, Type } from 'typebox'

const Instant = Type.String({ format: 'date-time' })
const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])

/** Where a new owner is led, in order. The map is where the path ends, so nothing has to be done there. */
export const stations = ['shop', 'connect', 'event', 'reach', 'map'] as const
export type Station = (typeof stations)[number]

/** What is done follows from what the shop has, not from buttons that somebody pressed. */
export const Guide = Type.Object({
  done: Type.Object({
    /** The shop has told the address of its site. */
    shop: Type.Boolean(),
    /** Something knocked at the door, taken in or not. */
    connect: Type.Boolean(),
    /** An event was recorded. */
    event: Type.Boolean(),
    /** Somebody outside this machine found this server at its present PUBLIC_URL, over TLS. */
    reach: Type.Boolean(),
  }),
  /** Everything is done, or a member put the guide away: it is no longer offered. */
  isOver: Type.Boolean(),
  closedAt: nullable(Instant),
  publicUrl: Type.String(),
  accepted: Type.Integer(),
  refused: Type.Integer(),
})
export type Guide = Static<typeof Guide>

export const GuideChange = Type.Object({
  isClosed: Type.Optional(Type.Boolean()),
  /** The member's browser found this server at this PUBLIC_URL. */
  reachedFromBrowser: Type.Optional(Type.String({ maxLength: 300 })),
})
export type GuideChange = Static<typeof GuideChange>

/** From which sites the events of the last days came, most first, and what a site of the shop sent in vain. */
export const ArrivalSites = Type.Object({
  /** Keys that nobody has, sent lately from the shop's own site: their beginnings, to recognise them by. */
  unknownKeys: Type.Array(Type.Object({ domain: Type.String(), hint: Type.String() })),
  items: Type.Array(
    Type.Object({
      domain: Type.String(),
      n: Type.Integer(),
      /** One of the shop's own addresses, or below one of them. */
      isOwn: Type.Boolean(),
    }),
  ),
})
export type ArrivalSites = Static<typeof ArrivalSites>

// Whether browsers can reach the server

/** What looking at PUBLIC_URL from the server's own side found. Screens explain each of them, with the mend. */
export const reachOutcomes = [
  'good',
  /** Answers, but without TLS: pages on https may not send to it. */
  'plain',
  /** PUBLIC_URL names this machine itself (localhost). */
  'local',
  /** Answers, but the name leads to an address that only this network knows. */
  'private',
  'no_name',
  'closed',
  'silent',
  'no_route',
  'certificate_expired',
  'certificate_name',
  'certificate_unknown',
  /** Something answers there, but doesn't speak TLS. */
  'no_tls',
  /** A proxy answers that finds nobody behind it. */
  'proxy_alone',
  'redirected',
  /** Something answers, and it is not this server. */
  'stranger',
  'broken',
] as const
export type ReachOutcome = (typeof reachOutcomes)[number]

/** What the proxy tells of visitors, and whether it is listened to. */
export const reachNotes = ['proxy_not_trusted', 'no_proxy_trusted'] as const
export type ReachNote = (typeof reachNotes)[number]

export const ReachView = Type.Object({
  outcome: Type.Enum(reachOutcomes),
  /** The host of PUBLIC_URL, and the addresses that its name leads to. */
  host: Type.String(),
  addresses: Type.Array(Type.String()),
  /** A status, an error's code, or where it was sent on to. */
  detail: Type.String(),
  notes: Type.Array(Type.Enum(reachNotes)),
})
export type ReachView = Static<typeof ReachView>

export const ReachCheck = Type.Object({
  publicUrl: Type.String(),
  /** The browser asks `{publicUrl}/api/reachability/{nonce}`; only this server can answer `mark`. */
  nonce: Type.String(),
  mark: Type.String(),
  server: ReachView,
})
export type ReachCheck = Static<typeof ReachCheck>

export const NONCE_PATTERN = '^[A-Za-z0-9_-]{22}$'

export const ReachAnswer = Type.Object({
  mark: Type.String(),
  /** A proxy told whom the request came from. */
  isForwarded: Type.Boolean(),
})
export type ReachAnswer = Static<typeof ReachAnswer>

/** The demo shop: a made-up history beside the real ones. */
export const DemoState = Type.Object({
  /** `absent` also when a run was cut short: the next one goes on where it stopped. */
  state: Type.Enum(['absent', 'running', 'there', 'failed'] as const),
  /** How much of a running one is made, 0…1. */
  share: Type.Number(),
  events: Type.Integer(),
  shop: nullable(Type.Integer()),
})
/** Minutes of work and half a million events are not begun by an empty request. */
export const DemoOrder = Type.Object({ isWanted: Type.Literal(true) })
export type DemoState = Static<typeof DemoState>
