import { and, eq, isNull } from 'drizzle-orm'
import { normaliseEmail } from '../../../kernel/email.ts'
import { AppError } from '../../../kernel/errors.ts'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { type Role, roles } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { Deps } from '../../../platform/room.ts'
import { hashToken } from '../../../platform/secret.ts'
import { apiTokens, writeKeys } from './accounts-tables.ts'
import { recordAudit } from './audit-store.ts'
import { findOwnerLink } from './first-start.ts'
import { makeLink } from './one-time-links.ts'
import { chooseShop } from './reads.ts'
import { addWriteKey, endKey, ensureSource, listSources } from './source-store.ts'
import { createToken, listTokens, revokeToken } from './token-store.ts'
import { dropTwoFactor } from './two-factor.ts'
import { findUserByEmail } from './user-store.ts'

type KeyDeps = Pick<Deps, 'db' | 'now'>

export interface CreateKeyOptions {
  kind: string
  shop?: string
  role?: string
  name?: string
  /** `90d`, `12h`, `never`. */
  expires?: string
}

/** `tropa keys create`: a write key for sending events, or an API token. */
export async function createKey(
  deps: KeyDeps,
  options: CreateKeyOptions,
  output: CommandOutput,
): Promise<void> {
  const shop = await chooseShop(deps.db, options.shop)
  const key = await (options.kind === 'token' ? makeToken : makeWriteKey)(deps, shop.id, options)
  output.json({ key })
  output.line(key)
  if (options.kind === 'token') output.remark('Keep it safe: it is not shown again.')
}

async function makeWriteKey({ db }: KeyDeps, shop: number, options: CreateKeyOptions): Promise<string> {
  if (options.role !== undefined)
    throw new AppError('bad_request', 'A write key has no role; --role is for tokens.')
  return db.transaction(async (tx) => {
    const source = await ensureSource(tx, shop, {
      kind: 'http',
      name: options.name?.trim() || 'Command line',
    })
    const { key } = await addWriteKey(tx, { shop, source })
    await recordAudit(tx, { shop, actor: 'cli', action: 'key.created', target: `…${key.slice(-4)}` })
    return key
  })
}

async function makeToken({ db, now }: KeyDeps, shop: number, options: CreateKeyOptions): Promise<string> {
  const role = readRole(options.role ?? 'viewer')
  const lifetime = readLifetime(options.expires ?? '90d')
  const expiresAt = lifetime === null ? null : new Date(now() + lifetime)
  const name = options.name?.trim() || 'Command line'
  return db.transaction(async (tx) => {
    const { token } = await createToken(tx, { shop, name, role, expiresAt })
    const detail = { role, expiresAt: expiresAt?.toISOString() ?? null }
    await recordAudit(tx, { shop, actor: 'cli', action: 'token.created', target: name, detail })
    return token
  })
}

function readRole(text: string): Role {
  const role = roles.find((known) => known === text)
  if (!role) throw new AppError('bad_request', `There is no role "${text}". Use one of ${roles.join(', ')}.`)
  return role
}

const UNITS: Record<string, number> = { h: 3_600_000, d: 86_400_000, w: 604_800_000, y: 31_536_000_000 }

/** `12h`, `90d`, `4w`, `1y` in milliseconds; null for `never`. */
export function readLifetime(text: string): number | null {
  if (text === 'never') return null
  const [, number, unit] = /^(\d{1,4})([hdwy])$/.exec(text) ?? []
  if (number === undefined || unit === undefined || Number(number) === 0)
    throw new AppError('bad_request', `--expires can't be "${text}". Use 12h, 90d, 4w, 1y or never.`)
  return Number(number) * (UNITS[unit] ?? 0)
}

/** `tropa keys list`: write keys whole, for they are public; of tokens only the end. */
export async function listKeys(
  deps: KeyDeps,
  options: { shop?: string },
  output: CommandOutput,
): Promise<void> {
  const shop = await chooseShop(deps.db, options.shop)
  const sources = await listSources(deps.db, shop.id)
  const keys = sources.flatMap((source) =>
    source.keys.map((key) => ({
      kind: 'write' as const,
      source: source.name,
      ...key,
      enabled: key.enabled && source.enabled,
    })),
  )
  const tokens = (await listTokens(deps.db, shop.id)).map((token) => ({ kind: 'token' as const, ...token }))
  output.json({ shop: shop.id, items: [...keys, ...tokens] })
  for (const { key, source, enabled, endsAt } of keys)
    output.line(`write  ${key}  ${source}${enabled ? '' : '  off'}${endsAt ? `  until ${endsAt}` : ''}`)
  for (const { id, hint, role, name, expiresAt } of tokens)
    output.line(`token  ${id}  …${hint}  ${role}  ${name}${expiresAt ? `  until ${expiresAt}` : ''}`)
  if (keys.length + tokens.length === 0)
    output.remark(`${shop.name} has no keys yet: npx tropa keys create --kind write`)
}

/** `tropa keys revoke`: a write key, a token, or the id that `keys list` shows. */
export async function revokeKey(
  deps: KeyDeps,
  key: string,
  options: { shop?: string },
  output: CommandOutput,
): Promise<void> {
  const { db } = deps
  const shop = await chooseShop(db, options.shop)
  const what = (await revokeWriteKey(db, shop.id, key)) ?? (await revokeTokenOf(db, shop.id, key))
  if (what === undefined)
    throw new AppError(
      'not_found',
      `${shop.name} has no such key. See "npx tropa keys list --shop ${shop.id}".`,
    )
  output.json({ revoked: what })
  output.line(`Revoked ${what}. It stops working within a few seconds.`)
}

async function revokeWriteKey(db: Db, shop: number, key: string): Promise<string | undefined> {
  const [found] = await db
    .select()
    .from(writeKeys)
    .where(and(eq(writeKeys.shop, shop), eq(writeKeys.key, key)))
  if (!found) return undefined
  const target = `…${key.slice(-4)}`
  await db.transaction(async (tx) => {
    await endKey(tx, found.id)
    await recordAudit(tx, { shop, actor: 'cli', action: 'key.revoked', target })
  })
  return `the write key ${target}`
}

async function revokeTokenOf(db: Db, shop: number, key: string): Promise<string | undefined> {
  const isId = /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(key)
  const same = isId ? eq(apiTokens.id, key) : eq(apiTokens.tokenHash, hashToken(key))
  const [found] = await db
    .select({ id: apiTokens.id })
    .from(apiTokens)
    .where(and(eq(apiTokens.shop, shop), same, isNull(apiTokens.revokedAt)))
  if (!found) return undefined
  return db.transaction(async (tx) => {
    const { name } = await revokeToken(tx, shop, found.id)
    await recordAudit(tx, { shop, actor: 'cli', action: 'token.revoked', target: name })
    return `the token "${name}"`
  })
}

export interface OwnerLinkOptions {
  /** Whose password was forgotten. */
  email?: string
  /** Their phone was lost too. */
  dropTwoFactor?: boolean
}

/** `tropa owner-link`: for becoming the first owner, or with an e-mail for choosing a new password. */
export async function ownerLink(
  deps: Pick<Deps, 'db' | 'now' | 'settings'>,
  output: CommandOutput,
  options: OwnerLinkOptions = {},
): Promise<void> {
  const path = options.email === undefined ? await findOwnerLink(deps) : await makePasswordLink(deps, options)
  if (path === undefined)
    throw new AppError(
      'conflict',
      'There is an owner already. Forgot the password? npx tropa owner-link --email <e-mail of the owner>',
    )
  const url = deps.settings.publicUrl + path
  output.json({ url })
  output.line(url)
  output.remark('It works once, within 24 hours.')
}

async function makePasswordLink({ db, now }: KeyDeps, options: OwnerLinkOptions): Promise<string> {
  const user = await findUserByEmail(db, normaliseEmail(options.email ?? '') ?? '')
  if (!user) throw new AppError('not_found', `Nobody here has the e-mail "${options.email}".`)
  if (options.dropTwoFactor) await db.transaction((tx) => dropTwoFactor(tx, user.id))
  return makeLink(db, user.id, now())
}
