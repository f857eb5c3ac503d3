import { expect, test } from 'vitest'
import { parseDay } from '../../../../kernel/time.ts'
import { type CostOptions, readCosts } from './read-costs.ts'

const TODAY = parseDay('2026-10-01') as number

async function* bytesOf(text: string | Buffer) {
  yield Buffer.from(text as string)
}

const read = (text: string | Buffer, options: Partial<CostOptions> = {}) =>
  readCosts(bytesOf(text), { currency: 'UAH', today: TODAY, ...options })

const row = (day: string, campaign: string, amount: number, more = {}) => ({
  day,
  campaign,
  amount,
  channel: '',
  source: 'google',
  medium: 'cpc',
  impressions: null,
  clicks: null,
  ...more,
})

test('an own table is read by its tags; rows of the same day and campaign are one', async () => {
  const answer = await read(
    'date,utm_source,utm_medium,utm_campaign,cost,clicks\n2026-09-01,Google,cpc,Tea,100.50,7\n2026-09-01,google,CPC,tea,0.5,1\n2026-09-02,google,cpc,,20,\n',
  )
  expect(answer.costs).toEqual([
    row('2026-09-01', 'tea', 10_100, { clicks: 8 }),
    row('2026-09-02', '', 2_000),
  ])
  expect(answer).toMatchObject({ kind: 'plain', rows: 3, bad: 0, problems: [] })
})

test('an export of Google Ads: lines above the columns, sums below, in UTF-16 with tabs', async () => {
  const text =
    'Campaign report\nSeptember 1, 2026 - September 30, 2026\nDay\tCampaign\tCurrency code\tCost\tImpr.\tClicks\n' +
    '2026-09-01\tTea, green\tUAH\t1,234.50\t10,000\t1,001\nSep 2, 2026\tTea, green\tUAH\t 0.00\t --\t0\nTotal: Account\t --\tUAH\t1,234.50\t10,000\t1,001\n'
  const bytes = Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, 'utf16le')])
  const answer = await read(bytes)
  expect(answer).toMatchObject({ kind: 'google_ads', rows: 2, sums: 1, bad: 0, problems: [] })
  expect(answer.costs).toEqual([
    row('2026-09-01', 'tea, green', 123_450, { impressions: 10_000, clicks: 1_001 }),
    row('2026-09-02', 'tea, green', 0, { clicks: 0 }),
  ])
})

test('an export of Yandex Direct: decimal commas, days with dots, the currency in the head', async () => {
  const text =
    'Дата;Кампания;№ Кампании;Показы;Клики;Расход (руб.)\n01.09.2026;Чай;12;1 000;5;1 234,50\nИтого;;;1 000;5;1 234,50\n'
  const yandex = { source: 'yandex', impressions: 1_000, clicks: 5 }
  expect((await read(text, { currency: 'RUB' })).costs).toEqual([row('2026-09-01', 'чай', 123_450, yandex)])
  expect((await read(text)).badRows).toEqual([{ line: 2, reason: 'other_currency', detail: 'RUB' }])
})

test('an export of Meta counts by day; a row for several days is refused', async () => {
  const answer = await read(
    'Campaign name,Reporting starts,Reporting ends,Amount spent (UAH),Impressions,Link clicks\nTea,2026-09-01,2026-09-01,50,900,9\nTea,2026-09-01,2026-09-30,70,1,1\n',
  )
  expect(answer.kind).toBe('meta')
  expect(answer.costs).toEqual([
    row('2026-09-01', 'tea', 5_000, {
      source: 'facebook',
      medium: 'paid_social',
      impressions: 900,
      clicks: 9,
    }),
  ])
  expect(answer.badRows).toEqual([{ line: 3, reason: 'several_days', detail: '2026-09-01 – 2026-09-30' }])
})

test('each bad row is told with its line and its cell, and counts for nothing', async () => {
  const answer = await read(
    [
      'day,source,cost,currency,clicks,channel',
      '2026-09-01,google,-5,UAH,,',
      '2026-09-31,google,5,UAH,,',
      'week 36,google,5,UAH,,',
      ',google,5,UAH,,',
      '2027-01-01,google,5,UAH,,',
      '2026-09-01,google,5,EUR,,',
      '2026-09-01,google,much,UAH,,',
      '2026-09-01,google,1e300,UAH,,',
      '2026-09-01,google,5,UAH,some,',
      '2026-09-01,google,5,UAH,,television',
      '2026-09-01,google,5',
      '2026-09-01,,5,UAH,,offline_ad',
    ].join('\n'),
  )
  expect(
    answer.badRows.toSorted((a, b) => a.line - b.line).map(({ line, reason }) => [line, reason]),
  ).toEqual([
    [2, 'negative'],
    [3, 'bad_day'],
    [4, 'bad_day'],
    [5, 'no_day'],
    [6, 'future_day'],
    [7, 'other_currency'],
    [8, 'bad_amount'],
    [9, 'bad_amount'],
    [10, 'bad_count'],
    [11, 'unknown_channel'],
    [12, 'malformed'],
  ])
  expect(answer.costs).toEqual([
    row('2026-09-01', '', 500, { channel: 'offline_ad', source: '', medium: '' }),
  ])
  expect(answer).toMatchObject({ rows: 12, bad: 11 })
})

test('what can be read two ways is asked, not guessed', async () => {
  const days = 'date,source,cost\n03/04/2026,x,5\n'
  expect((await read(days)).problems).toEqual(['ambiguous_days'])
  expect((await read(days, { dateOrder: 'mdy' })).costs[0]?.day).toBe('2026-03-04')
  expect((await read(`${days}03/25/2026,x,5\n`)).costs[0]?.day).toBe('2026-03-04')
  const amounts = 'date,source,cost\n2026-09-01,x,"1,234"\n'
  expect((await read(amounts)).problems).toEqual(['ambiguous_amounts'])
  expect((await read(amounts, { decimal: ',' })).costs[0]?.amount).toBe(123)
  expect((await read(`${amounts}2026-09-02,x,"5.50"\n`)).costs[0]?.amount).toBe(123_400)
  expect((await read('date,campaign,amount\n2026-09-01,x,5\n')).problems).toEqual(['no_source'])
})

test.each(['', 'a,b\n1,2\n', 'day,cost\n'])('%j is no table of costs', async (text) => {
  await expect(read(text)).rejects.toMatchObject({ code: 'unprocessable' })
})

test('a long table is read in pieces, and none of them cuts a character', async () => {
  const name = `${'🦊'.repeat(40)}чай`
  const lines = Array.from(
    { length: 3_000 },
    (_, at) => `2026-09-0${1 + (at % 9)},google,${'x'.repeat(at % 2)}${name},1`,
  )
  const answer = await read(`Costs\r\ndate,utm_source,utm_campaign,cost\r\n${lines.join('\r\n')}\r\n`)
  expect(answer).toMatchObject({ rows: 3_000, bad: 0 })
  expect(new Set(answer.costs.map(({ campaign }) => campaign))).toEqual(new Set([name, `x${name}`]))
  expect((await read(`date,utm_source,cost\r2026-09-01,google,1\r2026-09-02,google,2`)).costs).toHaveLength(2)
})
