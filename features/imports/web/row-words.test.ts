import { describe, expect, it } from 'vitest'
import type { RowPreview } from '../contract.ts'
import { tellRow } from './row-words.ts'

const row = (events: RowPreview['events']): RowPreview => ({ line: 2, events, person: null, problem: null })

describe('what a row tells', () => {
  it('is one order with its steps, however many events it becomes', () => {
    const story = tellRow(
      row([
        {
          name: 'Order Completed',
          at: '2026-03-03T08:00:00.000Z',
          properties: { order_id: 1234, total: 2200.5, currency: 'UAH', promised_on: '2026-03-06' },
        },
        { name: 'Payment Completed', at: '2026-03-03T09:00:00.000Z', properties: { order_id: 1234 } },
        { name: 'Payment Completed', at: '2026-03-04T09:00:00.000Z', properties: { order_id: 1234 } },
        {
          name: 'Order Delivered',
          at: '2026-03-04T09:00:00.000Z',
          properties: { order_id: 1234, time_unknown: true },
        },
      ]),
    )
    expect(story).toEqual({
      order: {
        id: '1234',
        amount: { minor: 220050, currency: 'UAH' },
        steps: [
          { state: 'placed', at: '2026-03-03T08:00:00.000Z' },
          { state: 'paid', at: '2026-03-03T09:00:00.000Z' },
          { state: 'received', at: null },
        ],
        promisedOn: '2026-03-06',
      },
      events: [],
    })
  })

  it('is an event with what is known of it where it is no order', () => {
    const properties = { url: 'https://shop.example/', nested: { deep: 1 }, empty: '', clicks: 3 }
    expect(tellRow(row([{ name: 'Product Viewed', at: null, properties }]))).toEqual({
      order: null,
      events: [
        {
          name: 'Product Viewed',
          at: null,
          details: [
            { name: 'url', value: 'https://shop.example/' },
            { name: 'clicks', value: '3' },
          ],
        },
      ],
    })
  })

  it('names no amount where the currency is unknown or the amount is none', () => {
    const tell = (properties: Record<string, unknown>) =>
      tellRow(row([{ name: 'Order Completed', at: null, properties: { order_id: 'A', ...properties } }]))
        .order
    expect(tell({ total: 5 })?.amount).toBeNull()
    expect(tell({ total: 'many', currency: 'UAH' })?.amount).toBeNull()
    expect(tell({ value: '12.30', currency: 'JPY' })?.amount).toEqual({ minor: 12, currency: 'JPY' })
  })
})
