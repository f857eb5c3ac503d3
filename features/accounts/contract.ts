import { type Static, Type } from 'typebox'
import { roles } from '../../platform/http/access.ts'

export const uiLanguages = ['ru', 'uk', 'en'] as const
export const MIN_PASSWORD = 10

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(schema: T) =>
  Type.Union([schema, Type.Null()])
const oneOf = <const T extends readonly string[]>(values: T) =>
  Type.Unsafe<T[number]>({ type: 'string', enum: [...values] })
const listOf = <T extends Parameters<typeof Type.Array>[0]>(item: T) =>
  Type.Object({ items: Type.Array(item) })

/** ISO 8601, UTC. */
const Instant = Type.String({ format: 'date-time' })
const Name = Type.String({ minLength: 1, maxLength: 120, pattern: '\\S' })
const Email = Type.String({ minLength: 3, maxLength: 254 })
const Password = Type.String({ minLength: 1, maxLength: 200 })
const Code = Type.String({ minLength: 1, maxLength: 40 })

export const RoleName = oneOf(roles)
export const Language = oneOf(uiLanguages)
export type Language = Static<typeof Language>
export const ConsentMode = oneOf(['ignore', 'respect', 'require'])
export const Done = Type.Object({ ok: Type.Literal(true) })

// Signing in

export const SignIn = Type.Object({ email: Email, password: Password })
/** `challenge` is to be sent back with a code of the authenticator within ten minutes. */
export const SignInAnswer = Type.Object({
  status: oneOf(['signed_in', 'second_factor']),
  challenge: Type.Optional(Type.String()),
})
export type SignInAnswer = Static<typeof SignInAnswer>
export const SecondFactor = Type.Object({ challenge: Type.String({ maxLength: 400 }), code: Code })

export const ShopAccess = Type.Object({
  id: Type.Integer(),
  name: Type.String(),
  currency: Type.String(),
  timeZone: Type.String(),
  role: RoleName,
})
export const Session = Type.Object({
  member: Type.Object({ id: Type.String(), name: Type.String(), email: Type.String(), language: Language }),
  shops: Type.Array(ShopAccess),
  /** Closed shops that the member owns and may open again. */
  archivedShops: Type.Array(ShopAccess),
  /** Set after a restore, until an owner resumes: events come in, nothing is sent. */
  paused: nullable(Type.Object({ since: Instant })),
})
export type Session = Static<typeof Session>

// Links: first start, forgotten password, invitation

export const WelcomeLink = Type.Object({
  /** `first`: make the owner and the first shop. `password`: choose a new password. */
  kind: oneOf(['first', 'password']),
  email: nullable(Type.String()),
})
export type WelcomeLink = Static<typeof WelcomeLink>
const shopBasics = {
  currency: Type.String({ pattern: '^[A-Z]{3}$' }),
  timeZone: Type.String({ minLength: 1, maxLength: 64 }),
  language: Language,
}
export const Welcome = Type.Object({
  name: Name,
  email: Email,
  password: Password,
  shopName: Name,
  ...shopBasics,
})
export type Welcome = Static<typeof Welcome>
export const WelcomeAnswer = Type.Object({ shop: Type.Integer() })
export const NewPassword = Type.Object({ password: Password })

export const InvitationLink = Type.Object({
  shopName: Type.String(),
  role: RoleName,
  invitedBy: nullable(Type.String()),
  /** Set when only this e-mail may accept. */
  email: nullable(Type.String()),
  expiresAt: Instant,
  /** Who is signed in here and would join by a click. */
  signedInAs: nullable(Type.String()),
})
export type InvitationLink = Static<typeof InvitationLink>
/** For those who have no account yet. */
export const Joining = Type.Object({ name: Name, email: Email, password: Password, language: Language })
export const Joined = Type.Object({ shop: Type.Integer() })

// The member's own account

export const Account = Type.Object({
  name: Type.String(),
  email: Type.String(),
  language: Language,
  twoFactor: Type.Boolean(),
  recoveryCodesLeft: Type.Integer(),
})
export type Account = Static<typeof Account>
export const AccountChange = Type.Object({ name: Type.Optional(Name), language: Type.Optional(Language) })
export const PasswordChange = Type.Object({ current: Password, next: Password })
export const PasswordOnly = Type.Object({ password: Password })
export const CodeOnly = Type.Object({ code: Code })
/** What an authenticator application needs; `qr.path` is an SVG path on a square of `qr.size` units. */
export const Enrolment = Type.Object({
  secret: Type.String(),
  uri: Type.String(),
  qr: Type.Object({ size: Type.Integer(), path: Type.String() }),
})
export type Enrolment = Static<typeof Enrolment>
export const RecoveryCodes = Type.Object({ codes: Type.Array(Type.String()) })
export type RecoveryCodes = Static<typeof RecoveryCodes>
export const OwnSession = Type.Object({
  id: Type.String(),
  isThis: Type.Boolean(),
  ip: Type.String(),
  userAgent: Type.String(),
  createdAt: Instant,
  lastSeenAt: Instant,
})
export type OwnSession = Static<typeof OwnSession>
export const OwnSessions = listOf(OwnSession)

// Shops

export const ShopList = listOf(ShopAccess)
export const NewShop = Type.Object({ name: Name, ...shopBasics })
export const ShopMade = Type.Object({ id: Type.Integer() })
const Domain = Type.String({ minLength: 1, maxLength: 253 })
const shopFields = {
  name: Name,
  ...shopBasics,
  domains: Type.Array(Domain, { maxItems: 50 }),
  phoneCountry: Type.String({ pattern: '^[A-Z]{2}$' }),
  consentMode: ConsentMode,
}
export const ShopSettings = Type.Object({ id: Type.Integer(), ...shopFields, isArchived: Type.Boolean() })
export type ShopSettings = Static<typeof ShopSettings>
export const ShopChange = Type.Partial(Type.Object(shopFields))
export type ShopChange = Static<typeof ShopChange>
/** The shop's name, typed by who archives it. */
export const Confirmation = Type.Object({ name: Type.String({ maxLength: 120 }) })

// Members and invitations

export const Member = Type.Object({
  id: Type.String(),
  name: Type.String(),
  email: Type.String(),
  role: RoleName,
  twoFactor: Type.Boolean(),
  joinedAt: Instant,
  lastSeenAt: nullable(Instant),
})
export type Member = Static<typeof Member>
export const Members = listOf(Member)
export const RoleChange = Type.Object({ role: RoleName })
export const NewInvitation = Type.Object({ role: RoleName, email: Type.Optional(Email) })
export const Invitation = Type.Object({
  id: Type.String(),
  role: RoleName,
  email: nullable(Type.String()),
  invitedBy: nullable(Type.String()),
  createdAt: Instant,
  expiresAt: Instant,
})
export type Invitation = Static<typeof Invitation>
export const Invitations = listOf(Invitation)
/** The link is told once; only its hash is kept. */
export const InvitationMade = Type.Object({ id: Type.String(), url: Type.String() })

// Sources, write keys, tokens

export const WriteKey = Type.Object({
  id: Type.String(),
  key: Type.String(),
  enabled: Type.Boolean(),
  createdAt: Instant,
  /** When a replaced key stops working. */
  endsAt: nullable(Instant),
})
export type WriteKey = Static<typeof WriteKey>
export const Source = Type.Object({
  id: Type.Integer(),
  kind: oneOf(['http', 'import', 'system']),
  name: Type.String(),
  enabled: Type.Boolean(),
  createdAt: Instant,
  keys: Type.Array(WriteKey),
})
export type Source = Static<typeof Source>
export const Sources = listOf(Source)
export const NewSource = Type.Object({ name: Name })
export const SourceMade = Type.Object({ id: Type.Integer(), key: WriteKey })
export const SourceChange = Type.Object({ name: Type.Optional(Name), enabled: Type.Optional(Type.Boolean()) })
export const KeyChange = Type.Object({ enabled: Type.Boolean() })

export const Token = Type.Object({
  id: Type.String(),
  name: Type.String(),
  role: RoleName,
  hint: Type.String(),
  createdBy: nullable(Type.String()),
  createdAt: Instant,
  expiresAt: nullable(Instant),
  lastUsedAt: nullable(Instant),
})
export type Token = Static<typeof Token>
export const Tokens = listOf(Token)
export const NewToken = Type.Object({
  name: Name,
  role: RoleName,
  /** Days until it ends; left out, it never does. */
  days: Type.Optional(Type.Integer({ minimum: 1, maximum: 3650 })),
})
export const TokenMade = Type.Object({ id: Type.String(), token: Type.String() })
export type TokenMade = Static<typeof TokenMade>

// Audit

export const AuditEntry = Type.Object({
  id: Type.Integer(),
  at: Instant,
  actor: Type.Object({
    kind: oneOf(['member', 'token', 'system', 'cli']),
    id: nullable(Type.String()),
    name: Type.String(),
  }),
  action: Type.String(),
  target: Type.String(),
  detail: Type.Record(Type.String(), Type.Unknown()),
})
export type AuditEntry = Static<typeof AuditEntry>
export const AuditPage = Type.Object({ items: Type.Array(AuditEntry), nextCursor: nullable(Type.String()) })
export const AuditQuery = Type.Object({
  cursor: Type.Optional(Type.String({ pattern: '^[0-9]{1,15}$' })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200 })),
  /** A member's or token's id, or `system` or `cli`. */
  actor: Type.Optional(Type.String({ maxLength: 60 })),
  action: Type.Optional(Type.String({ maxLength: 60 })),
})
export type AuditQuery = Static<typeof AuditQuery>
/** What the log can be narrowed to. */
export const AuditChoices = Type.Object({
  actors: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
  actions: Type.Array(Type.String()),
})
export type AuditChoices = Static<typeof AuditChoices>
