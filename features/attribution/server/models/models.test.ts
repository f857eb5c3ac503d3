import { expect, test } from 'vitest'
import { createPrng } from '../../../../kernel/prng.ts'
import { type Chain, findGroupLosses } from './absorbing-chain.ts'
import { createMarkovModel } from './markov.ts'
import {
  shareByDecay,
  shareByPosition,
  shareEvenly,
  shareToFirst,
  shareToLast,
  shareToLastNonDirect,
} from './rule-models.ts'

test('each rule shares a path out as its name says', () => {
  expect(shareToFirst([7, 8, 9])).toEqual([1, 0, 0])
  expect(shareToLast([7, 8, 9])).toEqual([0, 0, 1])
  expect(shareEvenly([7, 7])).toEqual([0.5, 0.5])
  expect(shareByPosition([7])).toEqual([1])
  expect(shareByPosition([7, 8])).toEqual([0.5, 0.5])
  expect(shareByPosition([7, 8, 9, 7])).toEqual([0.4, 0.1, 0.1, 0.4])
  expect(shareByDecay(1)([7, 8, 9])).toEqual([1 / 7, 2 / 7, 4 / 7])
  expect(shareByDecay(2)([7, 8, 9])[0]).toBeCloseTo(0.5 / (0.5 + Math.SQRT1_2 + 1), 12)
})

test('the last step that is not direct earns all, or the last one when all are direct', () => {
  const share = shareToLastNonDirect((channel) => channel === 0)
  expect(share([1, 2, 0, 0])).toEqual([0, 1, 0, 0])
  expect(share([0, 0])).toEqual([0, 1])
})

test('the chain solved by hand: a third converts, removing the first channel loses half of it', () => {
  // start → 1 (2/3), start → 2 (1/3); 1 → 2 (1/2), 1 → nothing (1/2); 2 → 3; 3 → conversion (1/2).
  // P = (2/3·1/2 + 1/3)·1/2 = 1/3; without 1: 1/3·1/2 = 1/6; without 2 or 3: 0.
  const model = createMarkovModel(1)
  model.add([0, 1, 2], { conversions: 1, value: 100, nulls: 0 })
  model.add([0], { conversions: 0, value: 0, nulls: 1 })
  model.add([1, 2], { conversions: 0, value: 0, nulls: 1 })
  const credits = model.finish(3)
  expect(credits.map(({ removalEffect }) => removalEffect)).toEqual([
    expect.closeTo(0.5, 12),
    expect.closeTo(1, 12),
    expect.closeTo(1, 12),
  ])
  expect(credits.map(({ conversions }) => conversions)).toEqual([
    expect.closeTo(0.2, 12),
    expect.closeTo(0.4, 12),
    expect.closeTo(0.4, 12),
  ])
  expect(credits.map(({ value }) => value)).toEqual([
    expect.closeTo(20, 10),
    expect.closeTo(40, 10),
    expect.closeTo(40, 10),
  ])
})

test('one channel only, no conversion at all, and a channel that never comes', () => {
  const alone = createMarkovModel(2)
  alone.add([0, 0, 0], { conversions: 4, value: 8, nulls: 6 })
  expect(alone.finish(2)).toEqual([
    { conversions: 4, value: 8, removalEffect: 1 },
    { conversions: 0, value: 0, removalEffect: 0 },
  ])
  const none = createMarkovModel(1)
  none.add([0], { conversions: 0, value: 0, nulls: 5 })
  expect(none.finish(1)).toEqual([{ conversions: 0, value: 0, removalEffect: 0 }])
})

test('a path of 5,000 steps is one path', () => {
  const model = createMarkovModel(1)
  model.add(
    Array.from({ length: 5000 }, (_, at) => at % 2),
    { conversions: 1, value: 0, nulls: 0 },
  )
  model.add([0, 1, 2], { conversions: 1, value: 0, nulls: 0 })
  const credits = model.finish(3)
  expect(credits[0]?.removalEffect).toBeCloseTo(1, 12)
  // Of 2,501 journeys' worth of moves out of channel 1, one goes to channel 2 and one converts.
  expect(credits[2]?.removalEffect).toBeCloseTo(0.5, 9)
})

/** A chain of many states in groups of ten, with ways back, and the answer by letting it run. */
function makeChain(states: number): { chain: Chain; rewards: Float64Array } {
  const prng = createPrng('chain')
  const chain: Chain = {
    states,
    rowStart: Int32Array.from({ length: states + 1 }, (_, s) => s * 3),
    to: Int32Array.from({ length: states * 3 }, () => 1 + prng.below(states - 1)),
    chance: new Float64Array(states * 3).fill(0.3),
  }
  return { chain, rewards: Float64Array.from({ length: states }, () => prng.float() * 0.1) }
}

function letRun({ chain, rewards }: ReturnType<typeof makeChain>, lost: ReadonlySet<number>): number {
  let share = new Float64Array(chain.states)
  share[0] = 1
  let total = 0
  for (let step = 0; step < 400; step++) {
    const next = new Float64Array(chain.states)
    for (let s = 0; s < chain.states; s++) {
      total += (share[s] as number) * (rewards[s] as number)
      for (let at = chain.rowStart[s] as number; at < (chain.rowStart[s + 1] as number); at++) {
        const to = chain.to[at] as number
        if (!lost.has(to))
          next[to] = (next[to] as number) + (share[s] as number) * (chain.chance[at] as number)
      }
    }
    share = next
  }
  return total
}

test.each([400, 2000])(
  'a chain of %i states is solved to rounding, by its matrix or by sweeps',
  (states) => {
    const made = makeChain(states)
    const groups = Array.from({ length: 20 }, (_, g) =>
      Array.from({ length: 10 }, (_, at) => 1 + g * 10 + at),
    )
    const { expected, losses } = findGroupLosses(made.chain, made.rewards, groups)
    const whole = letRun(made, new Set())
    expect(expected).toBeCloseTo(whole, 11)
    for (const g of [0, 7, 19]) {
      expect(losses[g]).toBeCloseTo(whole - letRun(made, new Set(groups[g])), 11)
    }
  },
  60_000,
)
