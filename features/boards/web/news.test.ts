import { describe, expect, it } from 'vitest'
import type { Driver } from '../../drivers/contract.ts'
import type { Sentence } from '../../journeys/contract.ts'
import { chooseNews, listFindings, type NewsAlarm, type Source, type Sources } from './news.ts'

const loading = { status: 'loading' } as const
const failed = { status: 'failed' } as const
const ready = <T>(data: T): Source<T> => ({ status: 'ready', data })
const sentence = (key: string) =>
  ({ key, values: {}, stage: 'contact', touchpoint: null, tone: 'lost' }) as Sentence
const map = ready({
  sentences: { better: sentence('better_said'), worse: null, next: sentence('next_mend') },
})
const nothing = ready({ sentences: { better: null, worse: null, next: null } })
const driver = (key: string, more: Partial<Driver> = {}) =>
  ({
    ...{ key, verdict: 'harms', effect: { value: -0.05, low: -0.08, high: -0.02 }, naive: null },
    ...{ isConfounded: false, money: null },
    ...more,
  }) as Driver
const worth = (low: number) => ({ revenue: { value: low * 2, low, high: low * 3 }, margin: null })
const change = { difference: 6, low: 2, high: 10, p: 0.001, smallest: 400 }
const verdict = (word: string, smallest = 400, beside: object = {}) =>
  ({
    decision: { id: 1, title: 'Два оператора', day: '2026-10-01' },
    verdict: { word, measures: [{ measure: 'said', word, change: { ...change, smallest }, ...beside }] },
  }) as never as Extract<Sources['verdicts'], { status: 'ready' }>['data'][number]
const quiet: Sources = {
  map: nothing,
  drivers: [],
  verdicts: ready([]),
  changes: ready({ alarms: [] }),
  due: ready(0),
}
const kinds = (sources: Partial<Sources>) => {
  const news = chooseNews({ ...quiet, ...sources })
  return Object.fromEntries(
    Object.entries(news).map(([slot, { status, stories }]) => [
      slot,
      status === 'ready'
        ? stories.map((one) =>
            one.kind === 'map' ? one.sentence.key : one.kind === 'driver' ? one.driver.key : one.kind,
          )
        : status,
    ]),
  )
}

describe('the three places', () => {
  it('are quiet when nothing is certain', () => {
    expect(kinds({})).toEqual({ better: [], worse: [], next: [] })
  })

  it('wait for all that may stand in them, each for its own', () => {
    expect(kinds({ map, drivers: [loading] })).toEqual({
      better: ['better_said'],
      worse: [],
      next: 'loading',
    })
    expect(kinds({ map, verdicts: loading })).toEqual({
      better: 'loading',
      worse: 'loading',
      next: ['next_mend'],
    })
  })

  it('speak when a part of the answers failed, and say so when all did', () => {
    expect(kinds({ map, drivers: [failed], verdicts: failed })).toEqual({
      better: ['better_said'],
      worse: [],
      next: ['next_mend'],
    })
    expect(kinds({ map: failed, drivers: [failed], verdicts: failed, changes: failed })).toEqual({
      better: 'failed',
      worse: 'failed',
      next: 'failed',
    })
  })

  it('tell of a verdict the measure that the decision expected to move, not another that moved as well', () => {
    const both = verdict('better')
    const [said] = both.verdict.measures
    const measures = [said, { ...said, measure: 'orders' }]
    const expected = { measure: 'orders' }
    const told = ready([{ ...both, verdict: { ...both.verdict, measures, expected } }]) as never
    expect(chooseNews({ ...quiet, verdicts: told }).better.stories).toMatchObject([{ measure: 'orders' }])
  })

  it('tell a verdict before a sentence of the map, under better or worse as it is', () => {
    const items = ['better', 'no_difference', 'early', 'worse'].map((word) => verdict(word))
    expect(kinds({ map, verdicts: ready([...items, verdict('better', 99)]) })).toMatchObject({
      better: ['verdict', 'better_said'],
      worse: ['verdict'],
    })
  })

  it.each([
    ['segment', true, true],
    ['segment', false, false],
    ['stage', true, false],
    ['shop', true, false],
    ['none', false, false],
  ])(
    'call a decision the cause only beside persons it didn’t touch: %s, alike before: %s',
    (comparison, isAlikeBefore, isCausal) => {
      const told = ready([verdict('better', 400, { comparison, isAlikeBefore })])
      expect(chooseNews({ ...quiet, verdicts: told }).better.stories).toMatchObject([{ isCausal }])
    },
  )

  it('tell of alarms that last, by whether they are good; of who comes only if that matters for orders', () => {
    const alarm = (id: number, more: object) =>
      ({
        id,
        metric: 'kept',
        before: 0.8,
        after: 0.6,
        state: 'new',
        orders: null,
        ...more,
      }) as NewsAlarm
    const orders = { own: 0.1, others: 0.2, low: -0.15, high: -0.05, n: 500, othersN: 5000 }
    const alarms = [
      alarm(1, {}),
      alarm(2, { metric: 'speed', after: 0.4 }),
      alarm(3, { metric: 'share', after: 0.9 }),
      alarm(4, { metric: 'share', after: 0.9, orders }),
      alarm(6, { state: 'fine' }),
      alarm(7, { metric: 'share', after: 0.9, orders: { ...orders, high: 0.01 } }),
    ]
    const { better, worse } = chooseNews({ ...quiet, changes: ready({ alarms }) })
    const ids = ({ stories }: typeof better) => stories.map((one) => one.kind === 'alarm' && one.alarm.id)
    expect([ids(better), ids(worse)]).toEqual([[2], [1, 4]])
  })

  it('remind of checks that are due, below what is to be done', () => {
    expect(kinds({ due: ready(3) })).toMatchObject({ next: ['due'] })
    expect(kinds({ map, due: ready(3) })).toMatchObject({ next: ['next_mend', 'due'] })
    expect(kinds({ map, due: failed })).toMatchObject({ next: ['next_mend'] })
  })

  it('name first what brings most for sure, a cause only once, and no more than three', () => {
    const orders = {
      outcome: 'ordered' as const,
      days: 335,
      drivers: [driver('a', { money: worth(5) }), driver('b')],
    }
    const bought = {
      ...{ outcome: 'bought_out' as const, days: 345 },
      drivers: [
        driver('a', { money: worth(50) }),
        driver('c', { money: worth(20) }),
        driver('d', { verdict: 'helps' }),
      ],
    }
    const news = chooseNews({ ...quiet, map, drivers: [ready(orders), ready(bought)] })
    expect(news.next.stories).toMatchObject([
      { driver: { key: 'a' }, outcome: 'bought_out' },
      { driver: { key: 'c' }, outcome: 'bought_out' },
      { driver: { key: 'b' }, outcome: 'ordered' },
    ])
  })
})

it('findings are what is certain and what would mislead, and nothing else', () => {
  const drivers = [
    driver('harms'),
    driver('helps', { verdict: 'helps' }),
    driver('trap', { verdict: 'none', isConfounded: true, naive: { value: 0.15, low: 0.1, high: 0.2 } }),
    driver('chosen', { verdict: 'helps', isChosen: true }),
    driver('unsure', { verdict: 'unsure' }),
    driver('left out', { effect: null }),
  ]
  expect(listFindings({ outcome: 'repeat', drivers }).map(({ kind, driver }) => [driver.key, kind])).toEqual([
    ['harms', 'harms'],
    ['helps', 'helps'],
    ['trap', 'trap'],
  ])
})
