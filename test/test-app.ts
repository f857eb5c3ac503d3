import { randomUUID } from 'node:crypto'
import type { InjectOptions, LightMyRequestResponse } from 'fastify'
import { memberships, users } from '../features/accounts/server/accounts-tables.ts'
import { createAuthenticator, createShop, createToken } from '../features/accounts/server/actions.ts'
import { SESSION_COOKIE } from '../features/accounts/server/authenticator.ts'
import { createSession } from '../features/accounts/server/session-store.ts'
import { type Role, roles } from '../platform/http/access.ts'
import type { Db } from '../platform/postgres.ts'
import type { App, Deps, Room } from '../platform/room.ts'
import { access } from '../server/access.ts'
import { buildApp } from '../server/app.ts'
import { rooms as allRooms } from '../server/rooms.ts'
import { type EngineUrls, openTestSystem } from './harness.ts'

export type Inject = (options: InjectOptions) => Promise<LightMyRequestResponse>

export interface TestApp {
  app: App
  deps: Deps
  /** A fresh shop of this application's own, with a member of every role and a token of every role. */
  shop: number
  /** Requests as a member by session; `stranger` owns another shop, `nobody` is not signed in. */
  as(who: Role | 'stranger' | 'nobody'): Inject
  /** Requests by an API token of the shop. */
  withToken(role: Role): Inject
  members: Record<Role, TestMember>
  tokens: Record<Role, string>
  /** Makes somebody who is signed in, and a member if a shop and a role are given. */
  addMember(shop?: number, role?: Role): Promise<TestMember>
  close(): Promise<void>
}

export interface TestMember {
  userId: string
  name: string
  email: string
  inject: Inject
}

export interface TestAppOptions {
  /** Whose consumers and routes there are; all rooms unless told otherwise. */
  rooms?: Room[]
  now?: () => number
  /** Stores other than those that all tests share. */
  urls?: Partial<EngineUrls>
}

/** The whole application over the shared engines, asked without a network. */
export async function openTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const rooms = options.rooms ?? allRooms
  const system = await openTestSystem({ rooms, now: options.now, urls: options.urls })
  const { deps } = system
  const app = await buildApp({
    deps,
    rooms,
    access,
    isAccessPartial: options.rooms !== undefined,
    authenticator: createAuthenticator(deps),
  })
  const shop = await createShop(deps.db, { name: `Shop ${randomUUID()}` })
  const addMember = (inShop?: number, role?: Role) => makeMember(app, deps, inShop, role)
  const members = await forEachRole((role) => addMember(shop, role))
  const stranger = await addMember(await createShop(deps.db, { name: 'Elsewhere' }), 'owner')
  const tokens = await forEachRole((role) => makeToken(deps.db, shop, role))
  return {
    app,
    deps,
    shop,
    as: (who) =>
      who === 'nobody' ? injectWith(app, {}) : who === 'stranger' ? stranger.inject : members[who].inject,
    withToken: (role) => injectWith(app, { authorization: `Bearer ${tokens[role]}` }),
    members,
    tokens,
    addMember,
    async close() {
      await app.close()
      await system.close()
    },
  }
}

async function makeMember(app: App, { db, now }: Deps, shop?: number, role?: Role): Promise<TestMember> {
  const name = `${role ?? 'guest'} ${randomUUID().slice(0, 8)}`
  const email = `${name.replace(' ', '.')}@example.com`
  const [user] = await db
    .insert(users)
    .values({ email, name, passwordHash: 'scrypt$15$8$3$AAAA$AAAA', language: 'en' })
    .returning({ id: users.id })
  if (!user) throw new Error('No user was made.')
  if (shop !== undefined && role !== undefined)
    await db.insert(memberships).values({ shop, userId: user.id, role })
  const token = await createSession(db, { userId: user.id, ip: '127.0.0.1', userAgent: 'test', now: now() })
  return { userId: user.id, name, email, inject: injectWith(app, { cookie: `${SESSION_COOKIE}=${token}` }) }
}

async function makeToken(db: Db, shop: number, role: Role): Promise<string> {
  return (await createToken(db, { shop, name: `test ${role}`, role })).token
}

async function forEachRole<T>(make: (role: Role) => Promise<T>): Promise<Record<Role, T>> {
  const made: [Role, T][] = []
  for (const role of roles) made.push([role, await make(role)])
  return Object.fromEntries(made) as Record<Role, T>
}

function injectWith(app: App, headers: Record<string, string>): Inject {
  return (options) =>
    app.inject({ ...options, headers: { 'x-tropa-request': '1', ...headers, ...options.headers } })
}
