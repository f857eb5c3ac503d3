import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createModel, MODEL_NAMES, type ModelName } from './create-model.ts'
import type { Credit, PathWeight } from './model.ts'

interface WeighedPath extends PathWeight {
  steps: number[]
}

const CHANNELS = 4

/** Small sets of paths with ties, repeats, self loops, paths that never convert and paths without weight. */
const pathSets = fc.array(
  fc
    .record({
      steps: fc.array(fc.integer({ min: 0, max: CHANNELS - 1 }), { minLength: 1, maxLength: 6 }),
      conversions: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 })),
      price: fc.integer({ min: 0, max: 9 }),
      nulls: fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 4 })),
    })
    .map(({ steps, conversions, price, nulls }): WeighedPath => {
      return { steps, conversions, value: conversions * price, nulls }
    }),
  { minLength: 1, maxLength: 7 },
)

function run(name: ModelName, paths: readonly WeighedPath[], order = 1): Credit[] {
  const model = createModel(name, { order, halfLife: 1.5, isDirect: (channel) => channel === 0 })
  for (const { steps, ...weight } of paths) model.add(steps, weight)
  return model.finish(CHANNELS)
}

const sum = (values: readonly number[]) => values.reduce((all, one) => all + one, 0)

test('the credits of every model add up to the conversions and the value of all paths', () => {
  fc.assert(
    fc.property(
      pathSets,
      fc.constantFrom(...MODEL_NAMES),
      fc.integer({ min: 1, max: 3 }),
      (paths, name, order) => {
        const credits = run(name, paths, order)
        expect(sum(credits.map((credit) => credit.conversions))).toBeCloseTo(
          sum(paths.map((path) => path.conversions)),
          9,
        )
        expect(sum(credits.map((credit) => credit.value))).toBeCloseTo(
          sum(paths.map((path) => path.value)),
          9,
        )
      },
    ),
    { numRuns: 500 },
  )
})

/**
 * The slow and obvious chain: journeys are let run step by step as shares of one, and what meets the lost channel
 * is dropped. What they earn is added up until nothing is under way.
 */
function letRun(
  paths: readonly WeighedPath[],
  order: number,
  lost: number,
  earned: 'conversions' | 'value',
): number {
  const left = new Map<string, number>()
  const moves = new Map<string, Map<number, number>>()
  const gain = new Map<string, number>()
  const count = (map: Map<string, number>, key: string, by: number) => map.set(key, (map.get(key) ?? 0) + by)
  for (const path of paths) {
    const journeys = path.conversions + path.nulls
    const at = (step: number) => path.steps.slice(Math.max(0, step - order), step).join()
    path.steps.forEach((channel, step) => {
      count(left, at(step), journeys)
      const next = moves.get(at(step)) ?? new Map<number, number>()
      moves.set(at(step), next.set(channel, (next.get(channel) ?? 0) + journeys))
    })
    count(left, at(path.steps.length), journeys)
    count(gain, at(path.steps.length), path[earned])
  }
  let under = new Map([['', 1]])
  let total = 0
  for (let step = 0; step < 100_000 && sum([...under.values()]) > 1e-16; step++) {
    const next = new Map<string, number>()
    for (const [state, share] of under) {
      const all = left.get(state) ?? 0
      if (all === 0) continue
      total += (share * (gain.get(state) ?? 0)) / all
      for (const [channel, weight] of moves.get(state) ?? []) {
        if (channel === lost) continue
        const history = [...(state === '' ? [] : state.split(',')), channel].slice(-order)
        count(next, history.join(), (share * weight) / all)
      }
    }
    under = next
  }
  return total
}

test.each([1, 2, 3])(
  'a chain of order %i loses by each removal what letting all journeys run loses',
  (order) => {
    fc.assert(
      fc.property(pathSets, (paths) => {
        const credits = run('markov', paths, order)
        for (const earned of ['conversions', 'value'] as const) {
          const total = sum(paths.map((path) => path[earned]))
          if (total === 0) continue
          const whole = letRun(paths, order, -1, earned)
          const effects = credits.map((_, channel) => 1 - letRun(paths, order, channel, earned) / whole)
          credits.forEach((credit, channel) => {
            const share = (effects[channel] as number) / sum(effects)
            expect(credit[earned]).toBeCloseTo(share * total, 8)
            if (earned === 'conversions')
              expect(credit.removalEffect).toBeCloseTo(effects[channel] as number, 9)
          })
        }
      }),
      { numRuns: 150 },
    )
  },
  60_000,
)

/** Shapley's definition: the mean over all orders of joining of what a channel adds to those before it. */
function shapleyByOrders(paths: readonly WeighedPath[], earned: 'conversions' | 'value'): number[] {
  const worth = (coalition: ReadonlySet<number>) =>
    sum(paths.filter(({ steps }) => steps.every((step) => coalition.has(step))).map((path) => path[earned]))
  const orders = permute(Array.from({ length: CHANNELS }, (_, at) => at))
  const added = new Array<number>(CHANNELS).fill(0)
  for (const joining of orders) {
    joining.forEach((channel, at) => {
      const before = new Set(joining.slice(0, at))
      added[channel] = (added[channel] as number) + worth(new Set([...before, channel])) - worth(before)
    })
  }
  return added.map((one) => one / orders.length)
}

function permute(items: readonly number[]): number[][] {
  if (items.length === 0) return [[]]
  return items.flatMap((item) =>
    permute(items.filter((other) => other !== item)).map((rest) => [item, ...rest]),
  )
}

test('Shapley values are the mean addition over all orders of joining', () => {
  fc.assert(
    fc.property(pathSets, (paths) => {
      const credits = run('shapley', paths)
      shapleyByOrders(paths, 'conversions').forEach((expected, channel) => {
        expect(credits[channel]?.conversions).toBeCloseTo(expected, 9)
      })
      shapleyByOrders(paths, 'value').forEach((expected, channel) => {
        expect(credits[channel]?.value).toBeCloseTo(expected, 9)
      })
    }),
    { numRuns: 150 },
  )
})
