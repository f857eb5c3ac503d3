import { randomUUID } from 'node:crypto'
import { sql } from 'drizzle-orm'
import type { LightMyRequestResponse } from 'fastify'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { users } from './accounts-tables.ts'
import { hashPassword } from './password-hash.ts'
import { room } from './room.ts'
import { totpCode, totpStep } from './totp.ts'

let now = Date.UTC(2026, 10, 22, 12)
const later = (minutes: number) => {
  now += minutes * 60_000
}
const password = 'чай с бергамотом'
const minute = 1

let test: TestApp
let passwordHash: string
beforeAll(async () => {
  test = await openTestApp({ rooms: [room], now: () => now })
  // A hash tells its own cost; a cheap one, because these tests sign in often.
  passwordHash = await hashPassword(password, { logN: 10, r: 8, p: 1 })
})
afterAll(() => test.close())

async function makeUser(): Promise<string> {
  const email = `anna.${randomUUID().slice(0, 8)}@example.com`
  await test.deps.db.insert(users).values({ email, name: 'Анна', passwordHash, language: 'uk' })
  return email
}

const ask = (url: string, payload: object, remoteAddress = '10.0.0.1', headers = {}) =>
  test.as('nobody')({ method: 'POST', url, payload, remoteAddress, headers })
const signIn = (email: string, given = password, address?: string) =>
  ask('/api/auth/sign-in', { email, password: given }, address)

const cookieOf = (response: LightMyRequestResponse) => {
  const [cookie] = response.cookies as { name: string; value: string }[]
  return { cookie: `${cookie?.name}=${cookie?.value}` }
}
const sessionOf = (headers: Record<string, string>) => test.as('nobody')({ url: '/api/session', headers })

describe('signing in', () => {
  it('opens a session by a cookie that scripts and other sites do not get', async () => {
    const email = await makeUser()
    const response = await signIn(`  ${email.toUpperCase()} `)
    expect(response.json()).toEqual({ status: 'signed_in' })
    expect(response.headers['set-cookie']).toMatch(/^tropa\.session_token=\w{43}; .*HttpOnly; SameSite=Lax$/)
    const session = await sessionOf(cookieOf(response))
    expect(session.json()).toMatchObject({ member: { email, name: 'Анна', language: 'uk' }, shops: [] })
  })

  it('says the same for a wrong password and for nobody', async () => {
    const email = await makeUser()
    const wrong = await signIn(email, 'чай с мятой да')
    const nobody = await signIn('nobody@example.com')
    expect(wrong.statusCode).toBe(401)
    expect(wrong.json()).toEqual(nobody.json())
    expect(wrong.headers['set-cookie']).toBeUndefined()
  })

  it('is refused to forms of other sites', async () => {
    const email = await makeUser()
    const response = await ask('/api/auth/sign-in', { email, password }, undefined, { 'x-tropa-request': '' })
    expect(response.statusCode).toBe(403)
  })

  it('ends with signing out, at once', async () => {
    const headers = { ...cookieOf(await signIn(await makeUser())), 'x-tropa-request': '1' }
    expect((await sessionOf(headers)).statusCode).toBe(200)
    await test.app.inject({ method: 'POST', url: '/api/auth/sign-out', headers })
    expect((await sessionOf(headers)).statusCode).toBe(401)
  })

  it('lasts for thirty days without use and 180 with it', async () => {
    const headers = cookieOf(await signIn(await makeUser()))
    await sessionOf(headers)
    const started = now
    for (let day = 0; day < 175; day += 25) {
      now = started + day * 86_400_000
      await expireMemory()
      expect((await sessionOf(headers)).statusCode).toBe(200)
    }
    now = started + 181 * 86_400_000
    await expireMemory()
    expect((await sessionOf(headers)).statusCode).toBe(401)
  })
})

it('who asks is remembered for some seconds, so that a request does not wait for PostgreSQL', async () => {
  const headers = cookieOf(await signIn(await makeUser()))
  const list = await test.app.inject({ url: '/api/account/sessions', headers })
  // As another process would end it: this one isn't told.
  await test.deps.db.execute(sql`DELETE FROM sessions WHERE id = ${list.json().items[0].id}`)
  expect((await test.app.inject({ url: '/api/shops', headers })).statusCode).toBe(200)
  await expireMemory()
  expect((await test.app.inject({ url: '/api/shops', headers })).statusCode).toBe(401)
})

/** Any change makes the access memory forget, so that the store is asked with the new time. */
async function expireMemory() {
  await test.as('owner')({ method: 'POST', url: '/api/account/sessions/end-others' })
}

describe('guessing', () => {
  it('of one password is stopped after ten attempts, also from many addresses, and for a quarter of an hour', async () => {
    const email = await makeUser()
    for (let n = 0; n < 10; n++)
      expect((await signIn(email, 'guess number x', `10.1.0.${n}`)).statusCode).toBe(401)
    const refused = await signIn(email, password, '10.1.0.99')
    expect(refused.statusCode).toBe(429)
    expect(Number(refused.headers['retry-after'])).toBe(15 * 60)
    later(14 * minute)
    expect((await signIn(email, password, '10.1.0.99')).statusCode).toBe(429)
    later(1 * minute)
    expect((await signIn(email, password, '10.1.0.99')).statusCode).toBe(200)
  }, 60_000)

  it('is not counted against whoever got it right', async () => {
    const email = await makeUser()
    for (let round = 0; round < 3; round++) {
      for (let n = 0; n < 3; n++) await signIn(email, 'guess number x', '10.2.0.1')
      expect((await signIn(email, password, '10.2.0.1')).statusCode).toBe(200)
    }
  }, 60_000)

  it('of many people by one address is stopped after forty attempts', async () => {
    const emails = await Promise.all([makeUser(), makeUser(), makeUser(), makeUser()])
    for (let n = 0; n < 40; n++)
      expect((await signIn(emails[n % 4] ?? '', 'guess number x', '10.3.0.1')).statusCode).toBe(401)
    expect((await signIn(await makeUser(), password, '10.3.0.1')).statusCode).toBe(429)
  }, 60_000)
})

describe('the second step', () => {
  async function enrol() {
    const email = await makeUser()
    const headers = { ...cookieOf(await signIn(email)), 'x-tropa-request': '1' }
    const post = (url: string, payload: object) => test.app.inject({ method: 'POST', url, payload, headers })
    const { secret, uri, qr } = (await post('/api/account/two-factor', { password })).json()
    const key = fromBase32(secret)
    const code = () => totpCode(key, totpStep(now))
    const confirmed = await post('/api/account/two-factor/confirm', { code: code() })
    later(minute)
    return { email, post, code, uri, qr, codes: confirmed.json().codes as string[] }
  }
  const challenge = async (email: string) => (await signIn(email)).json().challenge as string
  const answer = async (email: string, code: string) =>
    ask('/api/auth/second-factor', { challenge: await challenge(email), code })

  it('is asked for once the first code of the application was right', async () => {
    const { email, code, uri, qr, codes } = await enrol()
    expect(uri).toContain('otpauth://totp/Tropa:anna')
    expect(qr.path).toMatch(/^M\d+ \d+h1v1h-1z/)
    expect(codes).toHaveLength(10)
    const first = await signIn(email)
    expect(first.json()).toMatchObject({ status: 'second_factor' })
    expect(first.headers['set-cookie']).toBeUndefined()
    const second = await answer(email, code())
    expect(second.json()).toEqual({ status: 'signed_in' })
    expect((await sessionOf(cookieOf(second))).statusCode).toBe(200)
  })

  it('takes a code once', async () => {
    const { email, code } = await enrol()
    expect((await answer(email, code())).statusCode).toBe(200)
    expect((await answer(email, code())).statusCode).toBe(401)
    later(minute)
    expect((await answer(email, code())).statusCode).toBe(200)
  })

  it('takes each recovery code once, however it is typed', async () => {
    const { email, codes } = await enrol()
    const [first = '', second = ''] = codes
    expect((await answer(email, ` ${first.toLowerCase().replace('-', ' ')}`)).statusCode).toBe(200)
    expect((await answer(email, first)).statusCode).toBe(401)
    expect((await answer(email, second)).statusCode).toBe(200)
  })

  it('stops guessing after ten codes', async () => {
    const { email, code } = await enrol()
    const text = await challenge(email)
    for (let n = 0; n < 10; n++)
      expect((await ask('/api/auth/second-factor', { challenge: text, code: `${n}` })).statusCode).toBe(401)
    expect((await ask('/api/auth/second-factor', { challenge: text, code: code() })).statusCode).toBe(429)
  })

  it('is worth nothing late, changed, or after the password was changed', async () => {
    const { email, code, post } = await enrol()
    const text = await challenge(email)
    const changed = text.replace(/\d+/, (digit) => (digit === '1' ? '2' : '1'))
    expect((await ask('/api/auth/second-factor', { challenge: changed, code: code() })).statusCode).toBe(410)
    await post('/api/account/password', { current: password, next: 'кофе с корицей' })
    expect((await ask('/api/auth/second-factor', { challenge: text, code: code() })).statusCode).toBe(410)
    const { email: other } = await enrol()
    const late = await challenge(other)
    later(11 * minute)
    expect((await ask('/api/auth/second-factor', { challenge: late, code: code() })).statusCode).toBe(410)
  })

  it('is turned off with the password only', async () => {
    const { email, post } = await enrol()
    const refused = await post('/api/account/two-factor/disable', { password: 'not the password' })
    expect(refused.statusCode).toBe(422)
    expect(refused.json().error.details).toEqual([{ instancePath: '/password', keyword: 'wrong_password' }])
    expect((await post('/api/account/two-factor/disable', { password })).statusCode).toBe(200)
    expect((await signIn(email)).json()).toEqual({ status: 'signed_in' })
  })

  it('keeps its secret encrypted at rest and its recovery codes as hashes', async () => {
    const { email, codes } = await enrol()
    const rows = await test.deps.db.execute(
      sql`SELECT totp_secret, (SELECT string_agg(code_hash, ',') FROM recovery_codes WHERE user_id = users.id) AS hashes
          FROM users WHERE email = ${email}`,
    )
    const text = JSON.stringify(rows.rows)
    expect(text).not.toContain(codes[0])
    expect(text).not.toContain(codes[0]?.replace('-', ''))
    expect(rows.rows[0]?.totp_secret).toMatch(/^[A-Za-z0-9+/=]{60,}$/)
  })
})

describe('sessions', () => {
  it('are listed, and the others are ended at once', async () => {
    const email = await makeUser()
    const phone = cookieOf(await signIn(email))
    const laptop = { ...cookieOf(await signIn(email)), 'x-tropa-request': '1' }
    const list = await test.app.inject({ url: '/api/account/sessions', headers: laptop })
    expect(
      list
        .json()
        .items.map((item: { isThis: boolean }) => item.isThis)
        .sort(),
    ).toEqual([false, true])
    const end = { method: 'POST' as const, url: '/api/account/sessions/end-others', headers: laptop }
    expect((await test.app.inject(end)).json()).toEqual({ ended: 1 })
    expect((await sessionOf(phone)).statusCode).toBe(401)
    expect((await sessionOf(laptop)).statusCode).toBe(200)
  })

  it('of others are not theirs to end', async () => {
    const mine = { ...cookieOf(await signIn(await makeUser())), 'x-tropa-request': '1' }
    const headers = cookieOf(await signIn(await makeUser()))
    const list = await test.app.inject({ url: '/api/account/sessions', headers })
    const id = list.json().items[0].id
    const url = `/api/account/sessions/${id}`
    expect((await test.app.inject({ method: 'DELETE', url, headers: mine })).statusCode).toBe(404)
  })

  it('elsewhere end when the password is changed', async () => {
    const email = await makeUser()
    const phone = cookieOf(await signIn(email))
    const laptop = { ...cookieOf(await signIn(email)), 'x-tropa-request': '1' }
    const change = (current: string, next: string) =>
      test.app.inject({
        method: 'POST',
        url: '/api/account/password',
        payload: { current, next },
        headers: laptop,
      })
    expect((await change('not the password', 'кофе с корицей')).statusCode).toBe(422)
    expect((await change(password, 'short')).json().error.details).toEqual([
      { instancePath: '/next', keyword: 'too_short' },
    ])
    expect((await change(password, 'кофе с корицей')).statusCode).toBe(200)
    expect((await sessionOf(phone)).statusCode).toBe(401)
    expect((await sessionOf(laptop)).statusCode).toBe(200)
    expect((await signIn(email, 'кофе с корицей')).statusCode).toBe(200)
  })
})

function fromBase32(text: string): Buffer {
  const bits = [...text].map((letter) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(letter).toString(2).padStart(5, '0'),
  )
  return Buffer.from((bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
}
