import { describe, expect, it } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { setWorkingHours } from './hours-store.ts'
import {
  chat,
  freshShop,
  listClassified,
  listMeasured,
  openStandards,
  said,
  send,
  settle,
  shop,
  system,
  values,
  wait,
} from './standards-harness.ts'

openStandards()

describe('the first human answer', () => {
  it('is measured from the question, under the same identity and at its time; a robot doesn’t count', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:00:01Z', { ...chat, by: 'bot' }),
      said('Contact Answered', '2026-03-02T10:04:00Z', { ...chat, by: 'human', operator: 'Oleh' }),
      said('contact_answered', '2026-03-02T10:09:00Z', { ...chat, by: 'human' }),
    )
    expect(await listMeasured()).toMatchObject([
      {
        measure: 'first_answer_seconds',
        touchpoint: 'chat',
        value: 240,
        at: '2026-03-02T10:00:00Z',
        identity: identityKey(shop, 'user', 'ann'),
        extra: { of: 'c1', channel: 'chat' },
      },
    ])
  })

  it('is the same whatever came first and however often', async () => {
    await freshShop()
    const started = said('Contact Started', '2026-03-02T10:00:00Z', chat)
    const answered = said('Contact Answered', '2026-03-02T10:02:30Z', { ...chat, by: 'human' })
    await send(answered)
    expect(await values()).toEqual([])
    await send(started)
    await send(answered, started)
    expect(await values()).toEqual([['first_answer_seconds', 150]])
  })

  it('before the question, by a wrong clock, counts as no time and says so', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T09:59:58Z', { ...chat, by: 'human' }),
    )
    expect(await listMeasured()).toMatchObject([{ value: 0, extra: { skewed: true } }])
  })

  it('that an earlier answer corrects, is corrected in the history and stands there once', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Answered', '2026-03-02T10:30:00Z', { ...chat, by: 'human' }),
    )
    expect(await values()).toEqual([['first_answer_seconds', 1_800]])
    const classified = { touchpoint: 'chat', stage: 'contact', measure: 'first_answer_seconds' }
    expect(await listClassified()).toEqual([{ ...classified, measured: 1_800 }])
    await send(said('Contact Answered', '2026-03-02T10:01:00Z', { ...chat, by: 'human' }))
    expect(await values()).toEqual([['first_answer_seconds', 60]])
    expect(await listClassified()).toEqual([{ ...classified, measured: 60 }])
  })

  it('that never came is a miss after a day, and is made good by a late one', async () => {
    await freshShop()
    const answered = { contact_id: 'c0', channel: 'chat' }
    await send(
      said('Contact Started', '2026-03-01T10:00:00Z', answered),
      said('Contact Answered', '2026-03-01T10:00:05Z', answered),
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
    )
    expect(await values()).toEqual([['first_answer_seconds', 5]])
    wait(16 * 60_000)
    await settle()
    expect(await listMeasured()).toMatchObject([{ value: 5 }, { value: 86_400, extra: { answered: false } }])
    await send(said('Contact Answered', '2026-03-03T16:00:00Z', { ...chat, by: 'human' }))
    const [, late] = await listMeasured()
    expect(late).toMatchObject({ value: 30 * 3_600 })
    expect(late?.extra).not.toHaveProperty('answered')
  })

  it('isn’t missed where the shop reports no answers at all', async () => {
    await freshShop()
    const call = { contact_id: 'p', channel: 'phone' }
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Started', '2026-03-02T10:00:00Z', call),
      said('Contact Ended', '2026-03-02T10:03:00Z', call),
    )
    wait(16 * 60_000)
    await settle()
    expect(await values()).toEqual([])
  })

  it('isn’t missed where a robot settled the matter', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', chat),
      said('Contact Ended', '2026-03-02T10:03:00Z', { ...chat, solved: true }),
    )
    wait(3_600_000)
    await settle()
    expect(await values()).toEqual([])
  })

  it.each([
    ['phone', 'phone_call', 'answer_seconds', 900],
    ['messenger', 'chat', 'first_answer_seconds', 900],
    ['callback', 'call_back', 'callback_minutes', 15],
    // Friday 17:50 to Monday 9:05 in Kyiv: 10 minutes and 5.
    ['email', 'email_form', 'first_reply_hours', 0.25],
  ])('by %s belongs to %s in its unit', async (channel, touchpoint, measure, value) => {
    await freshShop()
    const contact = { contact_id: 'x', channel }
    const answer = channel === 'email' ? '2026-03-09T07:05:00Z' : '2026-03-06T16:05:00Z'
    await send(
      said('Contact Started', '2026-03-06T15:50:00Z', contact),
      said('Contact Answered', answer, { ...contact, by: 'human' }),
    )
    expect(await listMeasured()).toMatchObject([{ touchpoint, measure, value }])
  })

  it('to a call is missed when the caller hung up, or when the call is reported as missed', async () => {
    await freshShop()
    await send(
      said('Contact Started', '2026-03-02T09:00:00Z', { contact_id: 'p0', channel: 'phone' }),
      said('Contact Answered', '2026-03-02T09:00:10Z', { contact_id: 'p0', by: 'human' }),
      said('Contact Started', '2026-03-02T10:00:00Z', { contact_id: 'p1', channel: 'phone' }),
      said('Contact Ended', '2026-03-02T10:00:40Z', { contact_id: 'p1' }),
      said('Contact Started', '2026-03-02T11:00:00Z', { contact_id: 'p2', channel: 'phone' }),
      said('Contact Missed', '2026-03-02T11:00:40Z', { contact_id: 'p2' }),
    )
    wait(16 * 60_000)
    await settle()
    expect(await listMeasured()).toMatchObject([
      { measure: 'answer_seconds', value: 10 },
      { measure: 'answer_seconds', value: 86_400, extra: { answered: false } },
      { measure: 'answer_seconds', value: 86_400 },
    ])
  })

  it('of an assistant is whether it solved the matter; whoever was handed over wasn’t helped', async () => {
    await freshShop()
    const talk = (id: string) => ({ contact_id: id, channel: 'assistant' })
    await send(
      said('Contact Started', '2026-03-02T10:00:00Z', talk('a')),
      said('Contact Ended', '2026-03-02T10:01:00Z', { ...talk('a'), solved: true }),
      said('Contact Started', '2026-03-02T11:00:00Z', talk('b')),
      said('Contact Answered', '2026-03-02T11:01:00Z', { ...talk('b'), by: 'human' }),
      said('Contact Started', '2026-03-02T12:00:00Z', talk('c')),
    )
    expect(await values()).toEqual([
      ['solved', 1],
      ['solved', 0],
    ])
  })

  it('takes the shop’s own working hours', async () => {
    await freshShop()
    await setWorkingHours(system.deps.db, shop, { days: [6, 7], opens: 600, closes: 1_200 })
    const letter = { contact_id: 'm', channel: 'form' }
    await send(
      said('Contact Started', '2026-03-06T15:00:00Z', letter),
      said('Contact Answered', '2026-03-07T09:00:00Z', { ...letter, by: 'human' }),
    )
    expect(await values()).toEqual([['first_reply_hours', 1]])
  })
})

describe('the confirmation of an order', () => {
  it('is measured by message and by call, the call in working time', async () => {
    await freshShop()
    const order = { order_id: 'A-1' }
    await send(
      said('Order Completed', '2026-03-06T17:00:00Z', order),
      said('Order Confirmation Sent', '2026-03-06T17:00:30Z', order),
      said('Contact Started', '2026-03-09T07:20:00Z', {
        ...order,
        contact_id: 'k',
        channel: 'phone',
        purpose: 'confirm',
      }),
      said('Order Confirmed', '2026-03-09T07:25:00Z', { ...order, by: 'call' }),
    )
    expect(await listMeasured()).toMatchObject([
      { measure: 'confirmation_minutes', touchpoint: 'confirmation', value: 0.5, at: '2026-03-06T17:00:30Z' },
      {
        measure: 'confirming_call_minutes',
        touchpoint: 'confirming_call',
        value: 20,
        extra: { order_id: 'A-1' },
      },
    ])
  })

  it('that is not reported is no miss', async () => {
    await freshShop()
    await send(said('Order Completed', '2026-03-02T10:00:00Z', { order_id: 'A-2' }))
    wait(10 * 86_400_000)
    await settle()
    expect(await values()).toEqual([])
  })
})

describe('the promised day', () => {
  it('is judged by the calendar, early ones too, and corrected with the order', async () => {
    await freshShop()
    const order = { order_id: 'B-1' }
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { ...order, promised_on: '2026-03-05' }),
      said('Order Delivered', '2026-03-07T21:30:00Z', order),
    )
    // 23:30 in Kyiv is the same day still.
    expect(await listMeasured()).toMatchObject([
      {
        measure: 'days_late',
        touchpoint: 'carrier',
        value: 2,
        at: '2026-03-07T21:30:00Z',
        extra: { of: 'B-1', order_id: 'B-1', promised_on: '2026-03-05', arrived_on: '2026-03-07' },
      },
    ])
    await send(said('Order Arrived', '2026-03-04T09:00:00Z', order))
    expect(await listMeasured()).toMatchObject([{ value: -1, at: '2026-03-04T09:00:00Z' }])
  })

  it('of an order that was cancelled after all is withdrawn', async () => {
    await freshShop()
    const order = { order_id: 'B-3' }
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { ...order, promised_on: '2026-03-05' }),
      said('Order Arrived', '2026-03-07T10:00:00Z', order),
    )
    expect(await values()).toEqual([['days_late', 2]])
    await send(said('Order Cancelled', '2026-03-08T10:00:00Z', order))
    expect(await values()).toEqual([])
    expect(await listClassified()).toEqual([{ touchpoint: '', stage: '', measure: '', measured: null }])
  })

  it('is judged once when the shop tells the days itself, whichever came first', async () => {
    await freshShop()
    const judged = async () => (await listClassified()).filter(({ measure }) => measure === 'days_late')
    const order = { order_id: 'B-4' }
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { ...order, promised_on: '2026-03-05' }),
      said('Order Arrived', '2026-03-07T10:00:00Z', { ...order, days_late: 2 }),
    )
    expect(await judged()).toEqual([])
    const later = { order_id: 'B-5' }
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { ...later, promised_on: '2026-03-05' }),
      said('Order Arrived', '2026-03-07T10:00:00Z', later),
    )
    expect(await judged()).toHaveLength(1)
    await send(said('Order In Transit', '2026-03-07T11:00:00Z', { ...later, days_late: 2 }))
    expect(await judged()).toEqual([])
    await send(said('Order Arrived', '2026-03-06T10:00:00Z', later))
    expect(await judged()).toEqual([])
  })

  it('that passed without an arrival measures nothing yet', async () => {
    await freshShop()
    await send(
      said('Order Completed', '2026-03-02T10:00:00Z', { order_id: 'B-2', promised_on: '2026-03-05' }),
    )
    expect(await values()).toEqual([])
  })
})
