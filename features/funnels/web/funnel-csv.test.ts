import { expect, test } from 'vitest'
import { toFunnelCsv } from './funnel-csv.ts'

test('the table has the whole and each group, and runs no formula of a customer’s', () => {
  const share = { n: 1, of: 3, share: 1 / 3, low: 0.06149, high: 0.79234 }
  const steps = [
    { step: { name: 'a' }, n: 3, persons: 3, ofFirst: null, ofPrevious: null, left: 2, took: null },
    {
      step: { name: 'b' },
      n: 1,
      persons: 1,
      ofFirst: share,
      ofPrevious: share,
      left: 0,
      took: { quarter: 1, half: 60, most: 60, nearlyAll: 60, bins: [] },
    },
  ]
  const text = toFunnelCsv(
    { steps, groups: [{ value: '=1+1', n: [3, 1], shares: [] }] },
    ({ name }) => name ?? '',
    (value) => value ?? '',
  )
  expect(text.split('\r\n')).toEqual([
    '\ufeffgroup,step,n,of_first,low,high,of_previous,left,median_seconds',
    ',a,3,,,,,2,',
    ',b,1,0.3333,0.0615,0.7923,0.3333,0,60',
    "'=1+1,a,3,1",
    "'=1+1,b,1,0.3333",
    '',
  ])
})
