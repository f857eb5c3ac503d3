import type { Condition, Definition } from '../contract.ts'

/** Ready to start from; their names stand in the words under `examples`. */
export const EXAMPLES = {
  lapsed: {
    all: [
      { about: 'orders', state: 'placed', times: { how: 'exactly', n: 1 } },
      { about: 'last_order', how: 'more', days: 180 },
    ],
  },
  cart: {
    all: [
      {
        about: 'event',
        which: { touchpoint: 'cart' },
        times: { how: 'at_least', n: 1 },
        when: { lastDays: 7 },
      },
      { about: 'orders', state: 'placed', times: { how: 'exactly', n: 0 }, when: { lastDays: 7 } },
    ],
  },
  unhappy: {
    all: [
      { about: 'parcel', is: 'late', which: 'last' },
      { about: 'attitude', how: 'at_most', value: 0, answers: 1 },
    ],
  },
} as const satisfies Record<string, Definition>

export type ExampleKey = keyof typeof EXAMPLES
export const EXAMPLE_KEYS = Object.keys(EXAMPLES) as ExampleKey[]

export const readExample = (text: unknown): ExampleKey | undefined => EXAMPLE_KEYS.find((key) => key === text)

/** What can be added, in groups as the shop thinks of them, each as it first stands there. */
export const NEW_CONDITIONS = {
  orders: {
    orders: { about: 'orders', state: 'placed', times: { how: 'at_least', n: 1 } },
    spent: { about: 'spent', state: 'placed', how: 'at_least', amount: 100_000 },
    last_order: { about: 'last_order', how: 'more', days: 180 },
    parcel: { about: 'parcel', is: 'late', which: 'last' },
  },
  contacts: {
    event: {
      about: 'event',
      which: { touchpoint: 'product_page' },
      times: { how: 'at_least', n: 1 },
      when: { lastDays: 30 },
    },
    never: {
      about: 'event',
      which: { touchpoint: 'chat' },
      times: { how: 'exactly', n: 0 },
      when: { lastDays: 30 },
    },
    sequence: {
      about: 'sequence',
      steps: [{ touchpoint: 'product_page' }, { touchpoint: 'cart' }],
      withinDays: 7,
    },
    device: { about: 'device', is: 'phone' },
  },
  origin: {
    first: { about: 'touch', which: 'first', by: 'channel', values: ['social'] },
    last: { about: 'touch', which: 'last', by: 'channel', values: ['search_ad'] },
  },
  words: {
    answer: { about: 'answer', kind: 'csat', low: 1, high: 2, which: 'last' },
    attitude: { about: 'attitude', how: 'at_most', value: 0, answers: 1 },
  },
  person: {
    known: { about: 'known', is: true },
    trait: { about: 'trait', where: { field: 'traits.city', op: 'equals', value: '', ignoreCase: true } },
  },
} as const satisfies Record<string, Record<string, Condition>>
