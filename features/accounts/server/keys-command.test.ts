import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { createShop } from './actions.ts'
import { createKey, listKeys, ownerLink, readLifetime, revokeKey } from './keys-command.ts'
import { findWriteKey } from './reads.ts'
import { room } from './room.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp({ rooms: [room] })
})
afterAll(() => test.close())

function collect(): CommandOutput & { lines: string[]; value: unknown; remarks: string[] } {
  const lines: string[] = []
  const remarks: string[] = []
  const output = {
    isTerminal: false,
    wantsJson: true,
    lines,
    remarks,
    value: undefined as unknown,
    line: (text: string) => void lines.push(text),
    json: (value: unknown) => {
      output.value = value
    },
    remark: (text: string) => void remarks.push(text),
  }
  return output
}

async function openShop() {
  const shop = await createShop(test.deps.db, { name: `Лавка ${performance.now()}` })
  const run = async (kind: string, more: object = {}) => {
    const output = collect()
    await createKey(test.deps, { kind, shop: String(shop), ...more }, output)
    return (output.value as { key: string }).key
  }
  const list = async () => {
    const output = collect()
    await listKeys(test.deps, { shop: String(shop) }, output)
    return output
  }
  return { shop, run, list }
}

describe('keys create', () => {
  it('makes a write key that lets events in', async () => {
    const { shop, run } = await openShop()
    expect(await findWriteKey(test.deps, await run('write'))).toMatchObject({ shop })
  })

  it('makes a token with a role', async () => {
    const { shop, run } = await openShop()
    const token = await run('token', { role: 'owner', name: 'Склад', expires: '12h' })
    const answer = await test.as('nobody')({
      url: `/api/shops/${shop}/audit`,
      headers: { authorization: `Bearer ${token}` },
    })
    expect(answer.json().items).toMatchObject([
      { action: 'token.created', target: 'Склад', actor: { kind: 'cli' } },
    ])
  })

  it.each([
    [{ kind: 'write', role: 'owner' }, 'A write key has no role; --role is for tokens.'],
    [
      { kind: 'token', role: 'boss' },
      'There is no role "boss". Use one of owner, marketer, operator, viewer.',
    ],
    [{ kind: 'token', expires: 'soon' }, '--expires can\'t be "soon". Use 12h, 90d, 4w, 1y or never.'],
    [{ kind: 'write', shop: 'Nowhere' }, '--shop Nowhere names no shop of: '],
  ])('says what is wrong with %j', async ({ kind, ...more }, sentence) => {
    const { run } = await openShop()
    await expect(run(kind, more)).rejects.toMatchObject({
      code: 'bad_request',
      message: expect.stringContaining(sentence),
    })
  })
})

it.each([
  ['12h', 43_200_000],
  ['90d', 7_776_000_000],
  ['4w', 2_419_200_000],
  ['1y', 31_536_000_000],
  ['never', null],
])('a lifetime of %s is %s ms', (text, ms) => {
  expect(readLifetime(text)).toBe(ms)
})

describe('keys list and revoke', () => {
  it('shows write keys whole and of tokens the end, and ends either', async () => {
    const { shop, run, list } = await openShop()
    const key = await run('write', { name: 'Сайт' })
    const token = await run('token', { name: 'Склад' })
    const { lines, value } = await list()
    expect(lines[0]).toBe(`write  ${key}  Сайт`)
    expect(lines[1]).toMatch(
      new RegExp(`^token  [0-9a-f-]{36}  …${token.slice(-4)}  viewer  Склад  until 20`),
    )
    expect(JSON.stringify(value)).not.toContain(token)
    for (const each of [key, token]) await revokeKey(test.deps, each, { shop: String(shop) }, collect())
    const after = await list()
    expect(after.value).toEqual({ shop, items: [] })
    expect(after.remarks[0]).toContain('npx tropa keys create --kind write')
    await expect(revokeKey(test.deps, key, { shop: '1000000' }, collect())).rejects.toThrow('names no shop')
    await expect(revokeKey(test.deps, 'wk_none', { shop: String(shop) }, collect())).rejects.toThrow(
      'no such key',
    )
  })
})

describe('owner-link', () => {
  it('tells how a password is renewed once there is an owner', async () => {
    await expect(ownerLink(test.deps, collect())).rejects.toThrow('npx tropa owner-link --email')
    const output = collect()
    await ownerLink(test.deps, output, { email: test.members.owner.email.toUpperCase() })
    const { url } = output.value as { url: string }
    const answer = await test.as('nobody')({ url: url.replace('http://localhost:3000', '/api') })
    expect(answer.json()).toEqual({ kind: 'password', email: test.members.owner.email })
    await expect(ownerLink(test.deps, collect(), { email: 'nobody@example.com' })).rejects.toThrow(
      'Nobody here has',
    )
  })
})
