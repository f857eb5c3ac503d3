import {
  bigint,
  boolean,
  integer,
  jsonb,
  pgTable,
  primaryKey,
  text,
  timestamp,
  uuid,
} from 'drizzle-orm/pg-core'
import type { Role } from '../../../platform/http/access.ts'
import type { Language } from '../contract.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

export const consentModes = ['ignore', 'respect', 'require'] as const
export type ConsentMode = (typeof consentModes)[number]

export const sourceKinds = ['http', 'import', 'system'] as const
export type SourceKind = (typeof sourceKinds)[number]

export const shops = pgTable('shops', {
  id: integer().generatedAlwaysAsIdentity().primaryKey(),
  name: text().notNull(),
  currency: text().notNull(),
  timeZone: text('time_zone').notNull(),
  language: text().$type<Language>().notNull(),
  domains: text().array().notNull().default([]),
  phoneCountry: text('phone_country').notNull(),
  consentMode: text('consent_mode').$type<ConsentMode>().notNull().default('respect'),
  createdAt: instant('created_at').notNull().defaultNow(),
  archivedAt: instant('archived_at'),
})

export const sources = pgTable('sources', {
  id: integer().generatedAlwaysAsIdentity().primaryKey(),
  shop: integer().notNull(),
  kind: text().$type<SourceKind>().notNull(),
  name: text().notNull(),
  enabled: boolean().notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const writeKeys = pgTable('write_keys', {
  id: uuid().primaryKey().defaultRandom(),
  key: text().notNull(),
  shop: integer().notNull(),
  source: integer().notNull(),
  enabled: boolean().notNull().default(true),
  createdAt: instant('created_at').notNull().defaultNow(),
  endsAt: instant('ends_at'),
})

export const users = pgTable('users', {
  id: uuid().primaryKey().defaultRandom(),
  email: text().notNull(),
  name: text().notNull(),
  passwordHash: text('password_hash').notNull(),
  language: text().$type<Language>().notNull(),
  totpSecret: text('totp_secret'),
  totpConfirmedAt: instant('totp_confirmed_at'),
  totpLastStep: bigint('totp_last_step', { mode: 'number' }).notNull().default(0),
  createdAt: instant('created_at').notNull().defaultNow(),
})

export const recoveryCodes = pgTable(
  'recovery_codes',
  {
    userId: uuid('user_id').notNull(),
    codeHash: text('code_hash').notNull(),
    usedAt: instant('used_at'),
  },
  (table) => [primaryKey({ columns: [table.userId, table.codeHash] })],
)

export const memberships = pgTable(
  'memberships',
  {
    shop: integer().notNull(),
    userId: uuid('user_id').notNull(),
    role: text().$type<Role>().notNull(),
    createdAt: instant('created_at').notNull().defaultNow(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.userId] })],
)

export const sessions = pgTable('sessions', {
  id: uuid().primaryKey().defaultRandom(),
  tokenHash: text('token_hash').notNull(),
  userId: uuid('user_id').notNull(),
  ip: text().notNull().default(''),
  userAgent: text('user_agent').notNull().default(''),
  createdAt: instant('created_at').notNull().defaultNow(),
  lastSeenAt: instant('last_seen_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
})

export const apiTokens = pgTable('api_tokens', {
  id: uuid().primaryKey().defaultRandom(),
  tokenHash: text('token_hash').notNull(),
  hint: text().notNull(),
  shop: integer().notNull(),
  name: text().notNull(),
  role: text().$type<Role>().notNull(),
  createdBy: uuid('created_by'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at'),
  lastUsedAt: instant('last_used_at'),
  revokedAt: instant('revoked_at'),
})

export const invitations = pgTable('invitations', {
  id: uuid().primaryKey().defaultRandom(),
  tokenHash: text('token_hash').notNull(),
  shop: integer().notNull(),
  role: text().$type<Role>().notNull(),
  email: text(),
  invitedBy: uuid('invited_by'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
  acceptedAt: instant('accepted_at'),
  revokedAt: instant('revoked_at'),
})

export const oneTimeLinks = pgTable('one_time_links', {
  tokenHash: text('token_hash').primaryKey(),
  userId: uuid('user_id'),
  createdAt: instant('created_at').notNull().defaultNow(),
  expiresAt: instant('expires_at').notNull(),
})

export const auditLog = pgTable('audit_log', {
  id: bigint({ mode: 'number' }).generatedAlwaysAsIdentity().primaryKey(),
  shop: integer(),
  at: instant('at').notNull().defaultNow(),
  actorKind: text('actor_kind').$type<'member' | 'token' | 'system' | 'cli'>().notNull(),
  actorId: text('actor_id'),
  actorName: text('actor_name').notNull(),
  action: text().notNull(),
  target: text().notNull(),
  detail: jsonb().$type<Record<string, unknown>>().notNull().default({}),
})
