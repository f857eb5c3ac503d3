import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openTestApp, type TestApp } from '../../../test/test-app.ts'
import type { ImportPreview, ImportView, UploadedFile } from '../contract.ts'
import { claimImport, resumeImport } from './import-store.ts'
import { receiveUpload } from './uploads.ts'

let test: TestApp
beforeAll(async () => {
  test = await openTestApp()
  await test.app.ready()
})
afterAll(() => test.close())

const at = (path: string) => `/api/shops/${test.shop}/imports${path}`

async function upload(name: string, content: string | Buffer, status = 200): Promise<UploadedFile> {
  const response = await test.as('marketer')({
    method: 'POST',
    url: at(`/files?name=${encodeURIComponent(name)}`),
    headers: { 'content-type': 'application/octet-stream' },
    payload: content,
  })
  expect(response.statusCode, response.body).toBe(status)
  return response.json()
}

async function post<T>(path: string, body: object, status = 200): Promise<T> {
  const response = await test.as('marketer')({ method: 'POST', url: at(path), payload: body })
  expect(response.statusCode, response.body).toBe(status)
  return response.json()
}

async function get<T>(path: string): Promise<T> {
  const response = await test.as('viewer')({ method: 'GET', url: at(path) })
  expect(response.statusCode, response.body).toBe(200)
  return response.json()
}

async function untilEnded(id: number): Promise<ImportView> {
  await expect
    .poll(async () => (await get<ImportView>(`/${id}`)).state, { timeout: 50_000, interval: 100 })
    .not.toMatch(/waiting|running/)
  return get(`/${id}`)
}

const ORDERS = [
  'Номер заказа;Дата;Сумма;E-mail;Статус;Дата доставки',
  '1001;01.02.2026 10:00;1 200,00;a@example.com;Выполнен;03.02.2026',
  '1002;13.02.2026 11:00;300,50;b@example.com;Отказ;',
  '1003;14.02.2026 12:00;не число;c@example.com;Едет к вам;',
].join('\n')

describe('a table of orders by the browser', () => {
  let file: UploadedFile
  let preview: ImportPreview

  it('is taken as it is, its name without any path', async () => {
    file = await upload('../../заказы.csv', ORDERS)
    expect(file).toMatchObject({ name: 'заказы.csv', bytes: Buffer.byteLength(ORDERS) })
  })

  it('is recognised, with a guess for each field and why, and what its rows become', async () => {
    preview = await post('/preview', { files: [file.id] })
    expect(preview).toMatchObject({
      preset: 'orders',
      problems: [],
      sampleRows: 3,
      sampleBad: 1,
      timeZone: 'Europe/Kyiv',
    })
    expect(preview.files[0]).toMatchObject({ name: 'заказы.csv', encoding: 'utf-8', delimiter: ';' })
    expect(preview.mapping).toMatchObject({
      dateOrder: 'dmy',
      decimal: ',',
      fields: {
        order_id: 'Номер заказа',
        placed_at: 'Дата',
        value: 'Сумма',
        email: 'E-mail',
        state: 'Статус',
        promised_date: 'Дата доставки',
      },
    })
    const orderId = preview.fields.find(({ field }) => field === 'order_id')
    expect(orderId).toMatchObject({ isRequired: true, column: 'Номер заказа', why: 'name_and_values' })
    expect(preview.states).toEqual([
      { status: 'Выполнен', rows: 1, state: 'received' },
      { status: 'Отказ', rows: 1, state: 'refused' },
      { status: 'Едет к вам', rows: 1, state: null },
    ])
    expect(preview.sample[0]).toMatchObject({ line: 2, person: 'a@example.com', problem: null })
    expect(preview.sample[0]?.events.map(({ name }) => name)).toEqual([
      'Order Completed',
      'Promise Made',
      'Order Delivered',
    ])
    expect(preview.sample.at(-1)).toMatchObject({ line: 4, problem: { reason: 'bad_amount' } })
  })

  it('follows what the member chooses, and says what is missing then', async () => {
    const { order_id: _, ...fields } = preview.mapping?.fields ?? {}
    const without = await post<ImportPreview>('/preview', {
      files: [file.id],
      preset: 'orders',
      mapping: { fields },
    })
    expect(without.problems).toMatchObject([{ code: 'missing_fields' }])
    expect(without.sample).toEqual([])
  })

  it('runs in the background, and ends with counts, bad rows and figures', async () => {
    const mapping = { ...preview.mapping, states: { 'Едет к вам': 'shipped' } }
    const started = await post<ImportView>('', { files: [file.id], preset: 'orders', mapping })
    expect(started).toMatchObject({ preset: 'orders', origin: 'web', createdBy: test.members.marketer.name })
    const ended = await untilEnded(started.id)
    expect(ended).toMatchObject({
      state: 'done',
      rows: 3,
      bad: 1,
      share: 1,
      reasons: [{ reason: 'bad_amount', rows: 1 }],
      figures: { orders: 2, persons: 2, isComplete: true },
    })
    const rows = await test.as('marketer')({ method: 'GET', url: at(`/${ended.id}/bad-rows.csv`) })
    expect(rows.headers['content-disposition']).toBe(`attachment; filename="bad-rows-${ended.id}.csv"`)
    expect(rows.body).toMatch(/заказы\.csv,4,bad_amount,/)
    expect((await get<{ items: ImportView[] }>('')).items[0]).toMatchObject({ id: ended.id, state: 'done' })
  })

  it('is remembered: the next file with these columns needs no questions', async () => {
    const next = await upload('next.csv', ORDERS.replaceAll('100', '200'))
    const again = await post<ImportPreview>('/preview', { files: [next.id] })
    expect(again.mapping?.states).toEqual({ 'Едет к вам': 'shipped' })
    expect(again.states.at(-1)).toMatchObject({ state: 'shipped' })
  })
})

describe('an import by the browser', () => {
  it('can be cancelled and gone on with', async () => {
    const lines = Array.from({ length: 25_000 }, (_, n) => `Seen,2026-03-01T12:00:00Z,user-${n}`)
    const file = await upload('many.csv', `event,time,user_id\n${lines.join('\n')}\n`)
    const { mapping } = await post<ImportPreview>('/preview', { files: [file.id] })
    const { id } = await post<ImportView>('', { files: [file.id], preset: 'events', mapping })
    await post(`/${id}/cancel`, {})
    const cancelled = await untilEnded(id)
    expect(cancelled.state).toBe('cancelled')
    expect(cancelled.recorded).toBeLessThan(25_000)
    await post(`/${id}/cancel`, {}, 409)
    // A runner that chose it before it was cancelled doesn't bring it back.
    expect(await claimImport(test.deps.db, id, 'late')).toBeUndefined()
    await post(`/${id}/resume`, {})
    expect(await untilEnded(id)).toMatchObject({
      state: 'done',
      rows: 25_000,
      recorded: 25_000,
      duplicates: 0,
    })
    await post(`/${id}/resume`, {}, 409)
    expect(await resumeImport(test.deps.db, test.shop + 1, id)).toBe(false)
  })

  it('sends how it goes on as it goes on', async () => {
    const file = await upload('few.csv', 'event,time,user_id\nSeen,2026-03-01T12:00:00Z,u1\n')
    const { mapping } = await post<ImportPreview>('/preview', { files: [file.id] })
    const { id } = await post<ImportView>('', { files: [file.id], preset: 'events', mapping })
    const url = await test.app.listen({ port: 0, host: '127.0.0.1' })
    const abort = new AbortController()
    const answer = await fetch(`${url}${at(`/${id}/live`)}`, {
      headers: { authorization: `Bearer ${test.tokens.viewer}` },
      signal: abort.signal,
    })
    expect(answer.headers.get('content-type')).toBe('text/event-stream')
    let text = ''
    for await (const chunk of answer.body ?? []) {
      text += Buffer.from(chunk).toString()
      if (text.includes('"state":"done"')) break
    }
    abort.abort()
    expect(text).toMatch(/^: hello\n\nid: 1\ndata: \{/)
  })
})

describe('bad input', () => {
  it('an empty file, none at all, a file of another kind, and one that is gone', async () => {
    await upload('empty.csv', '', 400)
    const sheet = await upload('sheet.xlsx', Buffer.from('504b030414000600', 'hex'))
    expect(await post('/preview', { files: [sheet.id] }, 415)).toMatchObject({
      error: { code: 'unsupported' },
    })
    await post('/preview', { files: [] }, 400)
    await post('/preview', { files: ['7b1f3c1e-0000-4000-8000-000000000000'] }, 404)
    await post('', { files: [sheet.id], preset: 'no such preset' }, 400)
  })

  it('a body that is no file', async () => {
    const response = await test.as('owner')({
      method: 'POST',
      url: at('/files?name=a.csv'),
      payload: { a: 1 },
    })
    expect(response.statusCode).toBe(415)
  })

  it('an unknown time zone and a mapping to fields that don’t exist', async () => {
    const file = await upload('a.csv', 'event,time,user_id\nSeen,2026-03-01,u1\n')
    const asked = { files: [file.id], preset: 'events' }
    await post('/preview', { ...asked, timeZone: 'Mars/Olympus' }, 400)
    const mapping = { fields: { name: 'event', time: 'time', soul: 'user_id' } }
    expect(await post('', { ...asked, mapping }, 400)).toMatchObject({
      error: { message: expect.stringContaining('There is no field soul') },
    })
    expect(
      await post('', { ...asked, mapping: { fields: { name: 'event', time: 'gone' } } }, 422),
    ).toMatchObject({
      error: { message: expect.stringContaining('lacks the column gone') },
    })
  })

  it('a file larger than allowed leaves nothing behind', async () => {
    const folder = join(test.deps.settings.dataDir, 'imports', 'uploads')
    const before = (await readdir(folder)).length
    const body = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(100)))
    await expect(
      receiveUpload(test.deps, { shop: test.shop, name: 'big.csv', body, maxBytes: 1_000 }),
    ).rejects.toMatchObject({ code: 'too_large' })
    expect((await readdir(folder)).length).toBe(before)
  })

  it('another shop’s import and files don’t exist', async () => {
    const file = await upload('mine.csv', 'event,time,user_id\nSeen,2026-03-01,u1\n')
    const list = await test.as('stranger')({ method: 'GET', url: at('') })
    expect(list.statusCode).toBe(404)
    const other = await openTestApp()
    const response = await other.as('owner')({
      method: 'POST',
      url: `/api/shops/${other.shop}/imports/preview`,
      payload: { files: [file.id] },
    })
    expect(response.statusCode).toBe(404)
    await other.close()
  })
})
