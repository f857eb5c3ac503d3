import { expect, test } from 'vitest'
import reference from '../../../../test/reference/attribution.json' with { type: 'json' }
import { measureModels } from '../measure-models.ts'
import { packRows } from '../packed-rows.ts'
import { createPathTable } from '../path-table.ts'
import { compareCredits } from './compare-credits.ts'
import { partPersons } from './persons-apart.ts'

const PATHS = [[1], [1, 2], [2], [2, 1, 3], [3], [1, 3, 3, 2], [4, 1]]
const ORDERS = [30, 25, 12, 18, 6, 9, 5]
const NULLS = [90, 60, 40, 70, 50, 20, 30]

function measure() {
  const builder = createPathTable('>')
  builder.add(
    packRows(
      partPersons(
        PATHS.map((path, at) => ({
          path: path.join('>'),
          conversions: ORDERS[at] as number,
          // Every order is worth 10, so that money spreads as orders do.
          value: 10 * (ORDERS[at] as number),
          nulls: NULLS[at] as number,
          ...{ foreign: 0, anonymous: 0 },
        })),
      ),
    ),
  )
  return measureModels(builder.finish(['1', '2', '3', '4']), { order: 1, withNulls: true, halfLife: 2 })
}

const results = measure()

test.each(Object.entries(reference.models))(
  '%s: shares and their errors are those of R’s bootstrap',
  (name, told) => {
    const channels = results.find(({ model }) => model === name)?.channels ?? []
    expect(channels).toHaveLength(4)
    channels.forEach((channel, at) => {
      expect(channel.share).toBeCloseTo(told.shares[at] as number, 9)
      // Two hundred rounds tell an error to a twentieth; three of those.
      const isNear = (ours: number, told: number) =>
        expect(Math.abs(ours - told)).toBeLessThanOrEqual(0.16 * told)
      isNear(channel.error, told.shareErrors[at] as number)
      isNear(channel.conversionsRange.high - channel.conversions, 1.96 * (told.orderErrors[at] as number))
      expect(channel.valueRange.high - channel.value).toBeCloseTo(
        10 * (channel.conversionsRange.high - channel.conversions),
        6,
      )
    })
  },
)

test('a difference counts when it is larger than chance would make it, and less so among many', () => {
  const error = 0.01
  const one = compareCredits([{ share: 0.33, error }], [{ share: 0.3, error }])
  // 0.03 over 0.01·√2 is 2.12 standard errors: p = 0.034.
  expect(one[0]?.q).toBeCloseTo(0.0339, 3)
  expect(one[0]?.low).toBeCloseTo(0.03 - 1.96 * 0.01 * Math.SQRT2, 5)
  const even = Array.from({ length: 9 }, () => ({ share: 0.07, error }))
  const among = compareCredits([{ share: 0.33, error }, ...even], [{ share: 0.3, error }, ...even])
  expect(among[0]?.q).toBeCloseTo(0.339, 2)
  expect(compareCredits([{ share: 0, error: 0 }], [{ share: 0, error: 0 }])[0]).toMatchObject({ q: 1 })
})
