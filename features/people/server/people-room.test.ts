import { sql } from 'drizzle-orm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import { ensureSource } from '../../accounts/server/actions.ts'
import { recordMessages } from '../../ingestion/server/actions.ts'
import type { MergePreview, PeopleList, PersonDetail, SuggestionList } from '../contract.ts'
import { bringLinksNow } from './actions.ts'
import { linkVersion, personsJoin } from './reads.ts'

let app: TestApp
let source: number
beforeAll(async () => {
  app = await openTestApp()
  source = await ensureSource(app.deps.db, app.shop, { kind: 'import', name: 'Tests' })
})
afterAll(() => app.close())

const START = Date.UTC(2026, 4, 4, 9)
let sent = 0

/** Records messages a minute apart, and waits until everybody knows of them. */
async function record(...messages: Record<string, unknown>[]): Promise<void> {
  const timed = messages.map((message) => {
    sent += 1
    const timestamp = new Date(START + sent * 60_000).toISOString()
    return { type: 'track', event: 'Product Viewed', messageId: `message ${sent}`, timestamp, ...message }
  })
  const { rejected } = await recordMessages(app.deps, {
    shop: app.shop,
    source,
    messages: timed,
    origin: 'import',
  })
  expect(rejected).toEqual([])
  await app.deps.runner.drain()
  await bringLinksNow(app.deps)
}

const user = (id: string) => identityKey(app.shop, 'user', id)
const visitor = (id: string) => identityKey(app.shop, 'anonymous', id)
const at = (path: string) => `/api/shops/${app.shop}${path}`

async function get<T>(path: string, who: 'owner' | 'viewer' = 'owner'): Promise<T> {
  const response = await app.as(who)({ method: 'GET', url: at(path) })
  expect(response.statusCode, response.body).toBe(200)
  return response.json() as T
}

async function post<T>(path: string, body?: object, status = 200): Promise<T> {
  const response = await app.as('owner')({ method: 'POST', url: at(path), ...(body && { payload: body }) })
  expect(response.statusCode, response.body).toBe(status)
  await bringLinksNow(app.deps)
  return (response.body === '' ? undefined : response.json()) as T
}

/** Events of each person as every report counts them. */
async function countByPerson(): Promise<Record<string, number>> {
  const { join, person } = personsJoin()
  const rows = await app.deps.clickhouse.query<{ person: string; n: number }>(
    `SELECT ${person} AS person, count() AS n FROM events AS e FINAL ${join} WHERE e.shop = {shop:UInt32} GROUP BY person`,
    { params: { shop: app.shop } },
  )
  return Object.fromEntries(rows.map(({ person: id, n }) => [id, n]))
}

describe('merging and parting', () => {
  it('moves the history with the identities, and back', async () => {
    await record(
      { anonymousId: 'phone' },
      {
        type: 'identify',
        anonymousId: 'phone',
        userId: 'anna',
        traits: { name: 'Анна', email: 'anna@shop.ua', city: 'Київ' },
      },
      { userId: 'anna-2' },
      { userId: 'anna-2', event: 'Order Completed', properties: { order_id: 'M-1', total: 100 } },
      { anonymousId: 'tablet' },
    )
    const before = await countByPerson()
    expect(before).toMatchObject({ [user('anna')]: 2, [user('anna-2')]: 2, [visitor('tablet')]: 1 })
    const version = await linkVersion(app.deps, app.shop)

    const { merge } = await post<{ merge: number }>(`/people/${user('anna')}/merge`, { from: user('anna-2') })
    await post(`/people/${user('anna')}/merge`, { from: visitor('tablet') })
    expect(await countByPerson()).toMatchObject({ [user('anna')]: 5 })
    expect(Object.keys(await countByPerson())).not.toContain(user('anna-2'))
    expect(await linkVersion(app.deps, app.shop)).toBeGreaterThan(version)
    const merged = await get<PersonDetail>(`/people/${user('anna-2')}`)
    expect(merged).toMatchObject({ id: user('anna'), events: 5, identityCount: 5, label: 'Анна' })

    await record({ userId: 'anna-2' }, { userId: 'anna' })
    expect(await countByPerson()).toMatchObject({ [user('anna')]: 7 })
    const parted = await post(`/merges/${merge}/undo`)
    expect(parted).toEqual({ stayed: user('anna'), left: user('anna-2') })
    // What came since went to the identity that it came under.
    expect(await countByPerson()).toMatchObject({ [user('anna')]: 4, [user('anna-2')]: 3 })
    await post(`/merges/${merge}/undo`, undefined, 409)
  })

  it('believes the person who stays, until something newer comes, and both again when parted', async () => {
    await record(
      { type: 'identify', userId: 'ihor', traits: { name: 'Ігор', city: 'Київ' } },
      { type: 'identify', userId: 'ihor-2', traits: { name: 'Ігорко', city: 'Одеса', size: 44 } },
    )
    const read = async (id: string) => {
      const { name, traits } = await get<PersonDetail>(`/people/${user(id)}`)
      return {
        name,
        ...Object.fromEntries(
          traits.filter((trait) => trait.name !== 'name').map((trait) => [trait.name, trait.value]),
        ),
      }
    }
    const { merge } = await post<{ merge: number }>(`/people/${user('ihor')}/merge`, { from: user('ihor-2') })
    expect(await read('ihor')).toEqual({ name: 'Ігор', city: 'Київ', size: 44 })
    await app.deps.db.execute(
      sql`UPDATE person_identities SET yielded_at = ${new Date(START).toISOString()} WHERE shop = ${app.shop} AND yielded_at IS NOT NULL`,
    )
    await record({ type: 'identify', userId: 'ihor-2', traits: { city: 'Львів' } })
    expect(await read('ihor')).toMatchObject({ city: 'Львів' })
    await post(`/merges/${merge}/undo`)
    expect(await read('ihor')).toEqual({ name: 'Ігор', city: 'Київ' })
    expect(await read('ihor-2')).toEqual({ name: 'Ігорко', city: 'Львів', size: 44 })
  })

  it('does not join again by a rule what a member has parted', async () => {
    await record({ type: 'identify', userId: 'boris', traits: { name: 'Борис' } })
    await record({ type: 'identify', anonymousId: 'b-laptop', traits: { name: 'Хтось' } })
    await record({ type: 'identify', userId: 'boris', anonymousId: 'b-laptop' })
    const { merges } = await get<PersonDetail>(`/people/${user('boris')}`)
    expect(merges).toMatchObject([
      { madeBy: null, undoneAt: null, identities: 1, evidence: { rule: 'identify' } },
    ])
    await post(`/merges/${merges[0]?.id}/undo`)
    await record({ type: 'identify', userId: 'boris', anonymousId: 'b-laptop' })
    expect((await get<PersonDetail>(`/people/${user('boris')}`)).identityCount).toBe(1)
    expect((await get<PersonDetail>(`/people/${visitor('b-laptop')}`)).name).toBe('Хтось')
  })

  it('previews what goes over, which traits stay and what speaks against it', async () => {
    await record(
      { type: 'identify', userId: 'vera', traits: { email: 'vera@shop.ua', city: 'Львів', size: 38 } },
      { type: 'identify', userId: 'vera-old', traits: { email: 'old@shop.ua', city: 'Одеса', vip: true } },
      { userId: 'vera-old' },
    )
    const preview = await get<MergePreview>(`/people/${user('vera')}/merge-preview?from=${user('vera-old')}`)
    expect(preview).toMatchObject({ from: { id: user('vera-old') }, into: { label: 'vera@shop.ua' } })
    expect(preview.moves).toMatchObject({ events: 2, orders: 0, identityCount: 2 })
    expect(preview.traits).toEqual([
      { name: 'city', from: 'Одеса', into: 'Львів', isFromKept: false },
      { name: 'email', from: 'old@shop.ua', into: 'vera@shop.ua', isFromKept: false },
      { name: 'vip', from: true, isFromKept: true },
    ])
    expect(preview.conflicts).toEqual(['different_users', 'different_emails'])
  })

  it('takes one identity away from a person, even the one the person is called by', async () => {
    await record({
      type: 'identify',
      userId: 'daria',
      anonymousId: 'd-1',
      traits: { email: 'daria@shop.ua' },
    })
    const { left, stayed } = await post<{ left: string; stayed: string }>(
      `/people/${user('daria')}/identities/${user('daria')}/detach`,
    )
    expect(left).toBe(user('daria'))
    expect(stayed).toBe(identityKey(app.shop, 'email', 'daria@shop.ua'))
    expect((await get<PersonDetail>(`/people/${visitor('d-1')}`)).id).toBe(stayed)
    await post(`/people/${user('daria')}/identities/${user('daria')}/detach`, undefined, 409)
  })

  it('suggests two users of one browser; a dismissed pair never comes back', async () => {
    await record(
      { type: 'identify', userId: 'eva', anonymousId: 'family' },
      { type: 'identify', userId: 'fedir', anonymousId: 'family' },
      { type: 'identify', userId: 'galyna', anonymousId: 'family' },
    )
    const { items } = await get<SuggestionList>('/merge-suggestions', 'viewer')
    const pairOf = (a: string, b: string) =>
      items.find((item) => [item.a.id, item.b.id].sort().join() === [user(a), user(b)].sort().join())
    expect(pairOf('eva', 'fedir')).toMatchObject({
      reason: 'same_browser',
      evidence: { via: { value: 'family' } },
    })
    expect((await get<PersonDetail>(`/people/${user('eva')}`)).suggestions).toBe(2)
    await post(`/merge-suggestions/${pairOf('eva', 'fedir')?.id}/dismiss`, undefined, 204)
    await post(`/merge-suggestions/${pairOf('eva', 'galyna')?.id}/accept`, { into: user('galyna') })
    await record({ userId: 'fedir', anonymousId: 'family' })
    // Eva is Galyna now: that Fedir isn't Eva counts for her too.
    const open = (await get<SuggestionList>('/merge-suggestions')).items
    expect(open.filter(({ a, b }) => [a.id, b.id].includes(user('fedir')))).toEqual([])
    expect((await get<PersonDetail>(`/people/${user('galyna')}`)).identityCount).toBe(3)
    await post(`/merge-suggestions/${pairOf('eva', 'fedir')?.id}/accept`, { into: user('eva') }, 409)
  })
})

describe('finding people', () => {
  it('finds by name, e-mail, phone, user id, anonymous id and order id, in any case', async () => {
    await record(
      {
        type: 'identify',
        userId: 'USER-77',
        anonymousId: 'browser-77',
        traits: { name: 'Їжакевич Олег', email: 'oleg.77@shop.ua', phone: '0507654321' },
      },
      { userId: 'USER-77', event: 'Order Completed', properties: { order_id: 'ZX-9001', total: 10 } },
      { anonymousId: 'only-visitor-5' },
    )
    for (const q of [
      'їжакевич',
      'олег їжак',
      'OLEG.77@shop.ua',
      'oleg',
      '050 765 43 21',
      '+380 50 765-43-21',
      '7654321',
      'user-77',
      'browser-77',
      'ZX-9001',
      user('USER-77'),
    ]) {
      const { items } = await get<PeopleList>(`/people?q=${encodeURIComponent(q)}`)
      expect(
        items.map(({ id }) => id),
        q,
      ).toContain(user('USER-77'))
    }
    const { items } = await get<PeopleList>('/people?q=only-visitor-5')
    expect(items).toMatchObject([{ id: visitor('only-visitor-5'), isKnown: false, label: '' }])
    expect((await get<PeopleList>('/people?q=nobody-at-all')).items).toEqual([])
  })

  it('lists by the last contact, page by page, everybody once', async () => {
    const all = await get<PeopleList>('/people?limit=200')
    const seen = all.items.map(({ lastSeenAt }) => lastSeenAt ?? '')
    expect(seen).toEqual([...seen].sort().reverse())
    const paged: string[] = []
    let cursor: string | null = null
    do {
      const page: PeopleList = await get<PeopleList>(`/people?limit=3${cursor ? `&cursor=${cursor}` : ''}`)
      paged.push(...page.items.map(({ id }) => id))
      cursor = page.nextCursor
    } while (cursor)
    expect(paged).toEqual(all.items.map(({ id }) => id))
    const anonymous = await get<PeopleList>('/people?known=anonymous')
    expect(anonymous.items.every(({ isKnown }) => !isKnown)).toBe(true)
    expect(anonymous.items.map(({ id }) => id)).toContain(visitor('only-visitor-5'))
  })

  it('exports the list so that no name is run as a formula', async () => {
    await record({ type: 'identify', userId: 'formula', traits: { name: '=HYPERLINK("http://x")' } })
    const { body, headers } = await app.as('marketer')({ method: 'GET', url: at('/people.csv?q=formula') })
    expect(headers['content-type']).toContain('text/csv')
    expect(body).toContain(`"'=HYPERLINK(""http://x"")"`)
  })

  it('says plainly that there is no such person', async () => {
    const response = await app.as('viewer')({ method: 'GET', url: at(`/people/${user('never seen')}`) })
    expect(response.json()).toMatchObject({ error: { code: 'not_found' } })
  })
})
