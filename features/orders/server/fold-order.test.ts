import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { foldOrder } from './fold-order.ts'
import type { FactData, OrderFact } from './order-fact.ts'
import type { FactKind } from './order-states.ts'

const kyiv = { timeZone: 'Europe/Kyiv', currency: 'UAH' }
const day = (text: string) => Date.parse(text.length === 10 ? `${text}T10:00:00Z` : text)

let made = 0
function fact(kind: FactKind, at: string, data: FactData = {}, identity = 'person-1'): OrderFact {
  made += 1
  const messageHash = `message-${String(made).padStart(6, '0')}`
  return { shop: 1, order: 'A-1', messageHash, kind, name: kind, at: day(at), identity, source: 1, data }
}

const fold = (facts: OrderFact[], shop = kyiv) => foldOrder(facts, shop)

describe('an order follows its track', () => {
  it('goes from placed to received, with the calendar day of each step in the shop’s zone', () => {
    const order = fold([
      fact('placed', '2026-03-01T22:30:00Z'),
      fact('shipped', '2026-03-03'),
      fact('arrived', '2026-03-05'),
      fact('received', '2026-03-06'),
    ])
    expect(order).toMatchObject({
      state: 'received',
      ending: 'bought_out',
      orderedOn: '2026-03-02',
      flags: [],
    })
    expect(order.steps.map(({ state, on }) => [state, on])).toEqual([
      ['placed', '2026-03-02'],
      ['shipped', '2026-03-03'],
      ['arrived', '2026-03-05'],
      ['received', '2026-03-06'],
    ])
  })

  it('takes payment at any time without a flag: before dispatch or on delivery', () => {
    const prepaid = fold([
      fact('placed', '2026-03-01'),
      fact('paid', '2026-03-01T10:05:00Z'),
      fact('received', '2026-03-04'),
    ])
    const onDelivery = fold([
      fact('placed', '2026-03-01'),
      fact('received', '2026-03-04'),
      fact('paid', '2026-03-04T11:00:00Z'),
    ])
    expect(prepaid).toMatchObject({ state: 'received', paidAt: day('2026-03-01T10:05:00Z'), flags: [] })
    expect(onDelivery).toMatchObject({ state: 'received', paidAt: day('2026-03-04T11:00:00Z'), flags: [] })
  })

  it.each<[string, [FactKind, string][], string, string[]]>([
    [
      'a step back is kept, flagged and changes nothing',
      [
        ['placed', '2026-03-01'],
        ['received', '2026-03-04'],
        ['shipped', '2026-03-05'],
      ],
      'received',
      ['went_back'],
    ],
    [
      'what happens after the end is believed and flagged',
      [
        ['placed', '2026-03-01'],
        ['cancelled', '2026-03-02'],
        ['received', '2026-03-05'],
      ],
      'received',
      ['after_end'],
    ],
    [
      'a return of what nobody received is flagged',
      [
        ['placed', '2026-03-01'],
        ['shipped', '2026-03-02'],
        ['returned', '2026-03-09'],
      ],
      'returned',
      ['return_without_receipt'],
    ],
    [
      'a refused parcel may travel back',
      [
        ['placed', '2026-03-01'],
        ['refused', '2026-03-04'],
        ['returned', '2026-03-09'],
      ],
      'returned',
      [],
    ],
    [
      'an order known from a later step only says so',
      [
        ['shipped', '2026-03-02'],
        ['received', '2026-03-04'],
      ],
      'received',
      ['not_placed'],
    ],
    [
      'a step dated before the order says so',
      [
        ['confirmed', '2026-02-28'],
        ['placed', '2026-03-01'],
      ],
      'confirmed',
      ['before_placed'],
    ],
    [
      'a step reported twice is one step',
      [
        ['placed', '2026-03-01'],
        ['placed', '2026-03-02'],
        ['shipped', '2026-03-03'],
      ],
      'shipped',
      [],
    ],
  ])('%s', (_, steps, state, reasons) => {
    const order = fold(steps.map(([kind, at]) => fact(kind, at)))
    expect(order.state).toBe(state)
    expect(order.flags.map(({ reason }) => reason)).toEqual(reasons)
  })

  it('is no order while only a promise or a payment that was begun names it', () => {
    expect(
      fold([fact('promised', '2026-03-01', { promisedOn: '2026-03-05' }), fact('attempt', '2026-03-01')])
        .state,
    ).toBeNull()
    expect(fold([fact('payment', '2026-03-01', { amount: 100 })])).toMatchObject({
      state: 'placed',
      flags: [{ reason: 'not_placed' }],
    })
  })
})

describe('endings', () => {
  it.each<[FactKind[], string | null]>([
    [['placed', 'shipped'], null],
    [['placed', 'received'], 'bought_out'],
    [['placed', 'received', 'returned'], 'returned'],
    [['placed', 'shipped', 'refused'], 'refused'],
    [['placed', 'shipped', 'refused', 'returned'], 'refused'],
    [['placed', 'shipped', 'returned'], 'refused'],
    [['placed', 'cancelled'], 'cancelled_before'],
    [['placed', 'shipped', 'cancelled'], 'cancelled_on_the_way'],
    [['placed', 'received', 'cancelled'], 'returned'],
  ])('%s ends as %s', (kinds, ending) => {
    expect(fold(kinds.map((kind, index) => fact(kind, `2026-03-0${index + 1}`))).ending).toBe(ending)
  })
})

describe('promises', () => {
  it('judges by the last promise made by the time of the order, whatever was promised later', () => {
    const order = fold([
      fact('promised', '2026-03-01T09:00:00Z', { promisedOn: '2026-03-03' }),
      fact('placed', '2026-03-01', { promisedOn: '2026-03-04' }),
      fact('updated', '2026-03-03', { promisedOn: '2026-03-10' }),
      fact('arrived', '2026-03-06'),
    ])
    expect(order).toMatchObject({
      promisedOn: '2026-03-04',
      promisedLastOn: '2026-03-10',
      arrivedOn: '2026-03-06',
      lateDays: 2,
    })
    expect(order.promises.map(({ promisedOn, isJudged }) => [promisedOn, isJudged])).toEqual([
      ['2026-03-03', false],
      ['2026-03-04', true],
      ['2026-03-10', false],
    ])
  })

  it('takes the first promise made after the order when none was made before', () => {
    const order = fold([
      fact('placed', '2026-03-01'),
      fact('confirmed', '2026-03-01T12:00:00Z', { promisedOn: '2026-03-04' }),
    ])
    expect(order).toMatchObject({ promisedOn: '2026-03-04', lateDays: null })
  })

  it('calls a parcel that came at any hour of the promised day in time, in the shop’s zone', () => {
    const came = (at: string) =>
      fold([fact('placed', '2026-03-01', { promisedOn: '2026-03-04' }), fact('received', at)]).lateDays
    expect(came('2026-03-04T21:59:00Z')).toBe(0)
    expect(came('2026-03-04T22:01:00Z')).toBe(1)
    expect(came('2026-03-03T12:00:00Z')).toBe(-1)
  })

  it('judges arrival and not receipt, and nothing whose day isn’t known', () => {
    const placed = fact('placed', '2026-03-01', { promisedOn: '2026-03-04' })
    expect(fold([placed, fact('arrived', '2026-03-04'), fact('received', '2026-03-08')]).lateDays).toBe(0)
    const unknown = fold([placed, fact('received', '2026-03-09', { isTimeUnknown: true })])
    expect(unknown).toMatchObject({
      state: 'received',
      arrivedOn: null,
      lateDays: null,
      flags: [{ reason: 'time_unknown' }],
    })
  })
})

describe('money and details', () => {
  it('adds up completed payments, and lists those that were only begun', () => {
    const order = fold([
      fact('placed', '2026-03-01', { amount: 30_000 }),
      fact('payment', '2026-03-01T11:00:00Z', { amount: 10_000, paymentMethod: 'voucher' }),
      fact('payment', '2026-03-01T11:01:00Z', { amount: 20_000, paymentMethod: 'card' }),
      fact('attempt', '2026-03-01T10:30:00Z', { amount: 5_000 }),
    ])
    expect(order).toMatchObject({
      paidAmount: 30_000,
      amount: 30_000,
      paymentMethod: 'card',
      paidAt: day('2026-03-01T11:00:00Z'),
    })
    expect(order.payments.map(({ isCompleted }) => isCompleted)).toEqual([false, true, true])
  })

  it('believes the last word about the order and keeps what isn’t repeated', () => {
    const order = fold([
      fact('placed', '2026-03-01', { amount: 100, region: 'Kyiv', extra: { gift: true } }),
      fact('updated', '2026-03-02', { amount: 90, discount: 10, extra: { note: 'x' } }),
      fact('returned', '2026-03-09', { amount: 50 }),
    ])
    expect(order).toMatchObject({
      amount: 90,
      discount: 10,
      region: 'Kyiv',
      currency: 'UAH',
      extra: { gift: true, note: 'x' },
    })
  })
})

const kinds: FactKind[] = [
  'placed',
  'confirmed',
  'payment',
  'paid',
  'packed',
  'shipped',
  'arrived',
  'received',
  'refused',
  'returned',
  'cancelled',
  'updated',
  'promised',
  'attempt',
]
const someFact = fc
  .record({
    kind: fc.constantFrom(...kinds),
    // Few instants, so that facts of the same instant are common.
    hour: fc.integer({ min: 0, max: 40 }),
    hash: fc.integer({ min: 0, max: 60 }),
    amount: fc.option(fc.integer({ min: 0, max: 900 }), { nil: undefined }),
    promised: fc.option(fc.integer({ min: 1, max: 9 }), { nil: undefined }),
    identity: fc.constantFrom('a', 'b'),
  })
  .map(({ kind, hour, hash, amount, promised, identity }): OrderFact => {
    const promisedOn = kind === 'promised' ? `2026-03-0${promised ?? 1}` : undefined
    return {
      ...fact(kind, '2026-03-01', { amount, promisedOn }, identity),
      messageHash: `${kind}-${hash}`,
      at: day('2026-03-01') + hour * 3_600_000,
    }
  })
/** A message id names one message: of two facts with the same one, the first stands. */
const someFacts = fc.uniqueArray(someFact, {
  minLength: 1,
  maxLength: 15,
  selector: ({ messageHash }) => messageHash,
})

describe('whatever the order of arrival', () => {
  it('derives the same order from any permutation, with repeats', () => {
    const shuffled = someFacts.chain((facts) =>
      fc.tuple(
        fc.constant(facts),
        fc.shuffledSubarray([...facts, ...facts], { minLength: facts.length * 2 }),
      ),
    )
    fc.assert(
      fc.property(shuffled, ([facts, arrived]) => {
        expect(fold(arrived)).toEqual(fold(facts))
      }),
      { numRuns: 500 },
    )
  })

  it('keeps every step, and gives a reason for each that the legal moves don’t explain', () => {
    fc.assert(
      fc.property(someFacts, (facts) => {
        const order = fold(facts)
        const steps = facts.filter(
          ({ kind }) => !['payment', 'attempt', 'updated', 'promised'].includes(kind),
        )
        expect(new Set(order.steps.map(({ state }) => state))).toEqual(new Set(steps.map(({ kind }) => kind)))
        if (steps.length > 0 && order.state !== null && !facts.some(({ kind }) => kind === 'placed'))
          expect(order.flags.map(({ reason }) => reason)).toContain('not_placed')
      }),
      { numRuns: 500 },
    )
  })
})
