import { expect, test } from 'vitest'
import type { Definition } from '../contract.ts'
import { expandDefinition, listReferences } from './list-references.ts'
import { parseDefinition } from './parse-definition.ts'

const problems = (given: unknown) => {
  const parsed = parseDefinition(given)
  return parsed.ok ? [] : parsed.problems.map(({ path }) => path)
}
const known = { about: 'known', is: true } as const

test('what the contract describes is taken as it is', () => {
  const definition = {
    all: [
      { any: [known, { not: { about: 'device', is: 'phone' } }] },
      {
        about: 'event',
        which: { name: 'Cart Viewed', where: { field: 'properties.total', op: 'at_least', value: 5 } },
        times: { how: 'exactly', n: 0 },
        when: { lastDays: 7 },
      },
      { about: 'sequence', steps: [{ touchpoint: 'chat' }, { touchpoint: 'chat' }], withinDays: 3 },
    ],
  }
  expect(parseDefinition(definition)).toEqual({ ok: true, definition })
})

test.each([
  ['nothing', null, ['']],
  ['a list', [], ['']],
  ['an unknown condition', { all: [{ about: 'weather' }] }, ['/all/0/about']],
  ['two groups in one', { all: [], any: [] }, ['']],
  ['a group that is no list', { any: 'x' }, ['/any']],
  ['a number out of its bounds', { about: 'last_order', how: 'more', days: 0 }, ['/days']],
  ['an event that is not named', { about: 'event', which: {}, times: { how: 'exactly', n: 1 } }, ['/which']],
  [
    'a filter with a mistake',
    {
      about: 'event',
      which: { where: { field: 'nonsense', op: 'equals', value: 1 } },
      times: { how: 'exactly', n: 1 },
    },
    ['/which/where/field'],
  ],
  [
    'a column where a trait belongs',
    { about: 'trait', where: { field: 'url', op: 'exists' } },
    ['/where/field'],
  ],
  [
    'the last day before the first',
    { about: 'device', is: 'phone', when: { from: '2026-02-01', to: '2026-02-01' } },
    ['/when/to'],
  ],
  [
    'a day that is none',
    { about: 'device', is: 'phone', when: { from: '2026-02-30', to: '2026-03-01' } },
    ['/when/from'],
  ],
  ['scores upside down', { about: 'answer', kind: 'csat', low: 4, high: 2, which: 'any' }, ['/high']],
  ['scores beside the scale', { about: 'answer', kind: 'csat', low: 6, high: 9, which: 'any' }, ['/low']],
  ['one step', { about: 'sequence', steps: [{ touchpoint: 'chat' }] }, ['/steps']],
])('refuses %s, saying where', (_, given, paths) => {
  expect(problems(given)).toEqual(paths)
})

test('depth and number of conditions are bounded', () => {
  let deep: unknown = known
  for (let level = 0; level < 5; level++) deep = { not: deep }
  expect(problems(deep)).toEqual([])
  expect(problems({ not: deep })).toHaveLength(1)
  expect(problems({ all: Array(50).fill(known) })).toEqual([])
  expect(problems({ any: [{ all: Array(26).fill(known) }, { all: Array(26).fill(known) }] })).toEqual([''])
  expect(problems({ all: Array(5).fill({ any: Array(30).fill({ all: [] }) }) })).toEqual([''])
})

const refer = (segment: number): Definition => ({ about: 'segment', segment })

test('references are put in place, and a circle is told with its names', () => {
  const segments = new Map([
    [1, { name: 'A', definition: { all: [refer(2), known] } as Definition }],
    [2, { name: 'B', definition: { not: { about: 'device', is: 'phone' } } as Definition }],
    [3, { name: 'C', definition: refer(4) }],
    [4, { name: 'D', definition: { any: [refer(3)] } as Definition }],
  ])
  expect(listReferences({ any: [refer(1), { not: refer(1) }, refer(2)] })).toEqual([1, 2])
  expect(expandDefinition(refer(1), segments)).toEqual({
    all: [{ not: { about: 'device', is: 'phone' } }, known],
  })
  expect(() => expandDefinition(refer(4), segments, [3])).toThrow(
    '“C” would contain itself: “C” → “D” → “C”.',
  )
  expect(() => expandDefinition(refer(9), segments)).toThrow('There is no segment 9 any more.')
})

test('segments within segments can’t grow without end', () => {
  const wide = (to: number): Definition => ({ all: Array(50).fill(refer(to)) })
  const segments = new Map(
    [1, 2, 3, 4, 5, 6].map((id) => [id, { name: `S${id}`, definition: id < 6 ? wide(id + 1) : { all: [] } }]),
  )
  expect(() => expandDefinition(refer(1), segments)).toThrow('more than 200 conditions')
})
