import type { InjectOptions } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { roles } from '../platform/http/access.ts'
import { type Inject, openTestApp, type TestApp } from '../test/test-app.ts'
import { access } from './access.ts'

let test: TestApp
/** `METHOD /path/:parameter` of every operation that the API's own description names. */
let described: string[]
beforeAll(async () => {
  test = await openTestApp()
  // Comes after the hook that lets in or refuses, and before the route.
  test.app.addHook('onRequest', async (request, reply) => {
    if (request.headers[NO_FURTHER] !== undefined) return reply.code(LET_IN).send()
  })
  const document = (await test.app.inject({ url: '/openapi.json' })).json() as {
    paths: Record<string, object>
  }
  described = Object.entries(document.paths).flatMap(([path, operations]) =>
    Object.keys(operations).map((method) => `${method.toUpperCase()} ${path.replace(/\{(\w+)\}/g, ':$1')}`),
  )
})
afterAll(() => test.close())

/** Asks to be let in and nothing else. */
const NO_FURTHER = 'x-no-further'
const LET_IN = 299

/** What stands for a parameter of a path: something that can't be there, in the shape that most routes want. */
const NOWHERE = '00000000-0000-4000-8000-000000000000'

function requestFor(line: string): InjectOptions {
  const [method = '', path = ''] = line.split(' ')
  const url = path
    .replace(':shop', String(test.shop))
    .replace(/:(source|import|mapping)(?=\/|$)/g, '999999999')
    .replace(/:\w+|\*/g, NOWHERE)
  const payload = method === 'GET' || method === 'DELETE' ? undefined : {}
  return { method: method as 'GET', url, payload }
}

/** The description itself, and where Segment's browser client sends figures about itself, which are thrown away. */
const undescribed = ['GET /openapi.json', 'POST /v1/m']

type Verdict = 'unauthenticated' | 'forbidden' | 'no such shop' | 'passed'

/**
 * How far a request came. What the route itself says (a body that is not right, something that isn't there) means that
 * it was let in; only the three refusals of the access hook count as refused.
 */
async function judge(inject: Inject, line: string): Promise<Verdict> {
  const { statusCode, body } = await inject(requestFor(line))
  const message = statusCode >= 400 && body.startsWith('{') ? String(JSON.parse(body).error?.message) : ''
  if (message.startsWith('Sign in, or send an API token')) return 'unauthenticated'
  if (message.startsWith('This needs the role')) return 'forbidden'
  if (message === 'The shop was not found.') return 'no such shop'
  if (statusCode >= 500 && statusCode !== 503) throw new Error(`${line} answered ${statusCode}: ${body}`)
  return 'passed'
}

/** Streams have no end to wait for; that they are refused to others is seen all the same, since a refusal ends. */
const isStream = (line: string) => line.endsWith('/live')
const isOpen = (line: string) => access[line] === 'public' || access[line] === 'write-key'
const isOfShop = (line: string) => line.includes('/:shop')
/** What ends the asker's rights comes last: leaving the shop, then signing out. */
const lateness = (line: string) => (line.endsWith('/leave') ? 1 : line.endsWith('/sign-out') ? 2 : 0)
const inOrder = () => [...described].sort((a, b) => lateness(a) - lateness(b))

describe('every route', () => {
  it('of the API is described, and every line of the table is such a route', () => {
    const lines = Object.keys(access).filter((line) => !undescribed.includes(line))
    expect(
      described.filter((line) => /^\w+ \/(api|v1)\//.test(line)).filter((line) => !access[line]),
    ).toEqual([])
    expect(lines.filter((line) => !described.includes(line))).toEqual([])
  })

  it('that is not open asks who is there', async () => {
    const wrong: string[] = []
    for (const line of described) {
      if (isStream(line) && isOpen(line)) continue
      const verdict = await judge(test.as('nobody'), line)
      if (verdict !== (isOpen(line) ? 'passed' : 'unauthenticated')) wrong.push(`${line}: ${verdict}`)
    }
    expect(wrong).toEqual([])
  })

  it('of a shop does not exist for a member of another one', async () => {
    const wrong: string[] = []
    for (const line of described.filter(isOfShop)) {
      const verdict = await judge(test.as('stranger'), line)
      if (verdict !== 'no such shop') wrong.push(`${line}: ${verdict}`)
    }
    expect(wrong).toEqual([])
  })

  it.each(roles)('lets the role %s do what the table says, by session and by token', async (role) => {
    const member = await test.addMember(test.shop, role)
    await expectVerdicts(goNoFurther(member.inject), role)
    await expectVerdicts(goNoFurther(test.withToken(role)), role)
  })

  it('answers its owner in the same way when it goes on, and never with an error of ours', async () => {
    const member = await test.addMember(test.shop, 'owner')
    await expectVerdicts(member.inject, 'owner')
    await expectVerdicts(test.withToken('owner'), 'owner')
  })
})

function goNoFurther(inject: Inject): Inject {
  return (options) => inject({ ...options, headers: { ...options.headers, [NO_FURTHER]: '1' } })
}

async function expectVerdicts(inject: Inject, role: (typeof roles)[number]): Promise<void> {
  const wrong: string[] = []
  for (const line of inOrder()) {
    const rule = access[line]
    if (typeof rule !== 'object' && rule !== 'signed-in') continue
    const expected = typeof rule === 'object' && !rule.includes(role) ? 'forbidden' : 'passed'
    if (isStream(line) && expected === 'passed') continue
    const verdict = await judge(inject, line)
    if (verdict !== expected) wrong.push(`${line}: ${verdict}, not ${expected}`)
  }
  expect(wrong).toEqual([])
}

it('a cookie alone changes nothing: a form of another site is refused', async () => {
  const headers = { 'x-tropa-request': '' }
  const changing = described.filter((line) => !line.startsWith('GET') && !isOpen(line) && isOfShop(line))
  for (const line of changing) {
    const { statusCode, body } = await test.as('owner')({ ...requestFor(line), headers })
    expect([line, statusCode, body]).toEqual([line, 403, expect.stringContaining('X-Tropa-Request')])
  }
})

it('the server refuses to start with a route that has no line, and with a line that is no route', async () => {
  const { buildApp } = await import('./app.ts')
  const authenticator = { findPrincipal: async () => undefined, findMembership: async () => undefined }
  const room = { name: 'x', routes: (app: TestApp['app']) => void app.get('/api/x', async () => 'x') }
  const build = (lines: typeof access) =>
    buildApp({ deps: test.deps, rooms: [room], access: lines, authenticator })
  const health = Object.fromEntries(
    Object.entries(access).filter(([line]) => !/ \/(api|v1|t\.js)/.test(line)),
  )
  await expect(build(health)).rejects.toThrow('GET /api/x has no line in server/access.ts')
  const known = { ...health, 'GET /api/x': 'public' as const }
  await expect((await build({ ...known, 'GET /api/y': 'public' })).ready()).rejects.toThrow('GET /api/y')
  await expect((await build(known)).ready()).resolves.toBeDefined()
})
