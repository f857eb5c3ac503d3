import { expect, test } from 'vitest'
import type { Attribution } from '../contract.ts'
import { toCsv } from './attribution-csv.ts'

const credit = { conversions: 1.23456, value: 123_456, share: 0.5, low: 0.25, high: 0.75 }

/** The parts of an answer that the table holds. */
function answerIn(currency: string): Attribution {
  const models = [
    { model: 'markov' as const, channels: [{ ...credit, channel: '=cmd', removalEffect: 0.9 }] },
    { model: 'last' as const, channels: [{ ...credit, channel: 'a;b, "c"' }] },
  ]
  const meta = {
    ...{
      from: '',
      to: '',
      fromDay: '',
      toDay: '',
      timeZone: 'UTC',
      currency,
      segment: null,
      by: 'source' as const,
    },
    ...{ conversion: 'ordered' as const, nulls: 'with' as const, order: 1, journeys: 2, paths: 2 },
    ...{ unidentifiedShare: 0, rejected: 0, duplicates: 0, lagSeconds: 0, linkVersion: 0, rulesVersion: 1 },
    computedAt: '',
  }
  const totals = { conversions: 2, value: 1, nulls: 0, foreign: 0, unknown: { conversions: 0, value: 0 } }
  return { meta, totals, models }
}

test('a table for spreadsheets: whole units of money, nothing that a spreadsheet would run', () => {
  const [head, markov, last] = toCsv(answerIn('UAH')).split('\r\n')
  expect(head).toBe('\ufeffmodel,channel,orders,money,currency,share,share_low,share_high,removal_effect')
  expect(markov).toMatch(/^markov,.*'=cmd.*,1\.2346,1234\.56,UAH,0\.5,0\.25,0\.75,0\.9$/)
  expect(last).toBe('last,"a;b, ""c""",1.2346,1234.56,UAH,0.5,0.25,0.75,')
})

test('a currency without small coins has none', () => {
  expect(toCsv(answerIn('JPY'))).toContain(',123456,JPY,')
})
