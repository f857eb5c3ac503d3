import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createEventCollector } from '../../../paths/server/reads.ts'
import { FUNNEL_ORDERS, type FunnelOrder, measureFunnel } from './measure-funnel.ts'

interface Event {
  what: string
  at: number
}

/** Few names and few times, so that ties, repeats and gaps are common. */
const persons = fc.array(
  fc.array(fc.record({ what: fc.constantFrom('a', 'b', 'c', 'x'), at: fc.integer({ min: 0, max: 12 }) }), {
    minLength: 1,
    maxLength: 12,
  }),
  { minLength: 1, maxLength: 4 },
)
const questions = fc.record({
  steps: fc.array(fc.constantFrom('a', 'b', 'c', 'never'), { minLength: 1, maxLength: 5 }),
  windowMs: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  order: fc.constantFrom(...FUNNEL_ORDERS),
})

/** The slow and obvious way: does any choice of events make the first steps? */
function isReached(
  events: readonly Event[],
  steps: readonly string[],
  window: number,
  order: FunnelOrder,
): boolean {
  if (order === 'strict') {
    return events.some((first, at) =>
      steps.every((step, ahead) => {
        const event = events[at + ahead]
        return event?.what === step && event.at - first.at <= window
      }),
    )
  }
  if (order === 'loose')
    return events.some((first, at) => first.what === steps[0] && goesOn(at + 1, 1, first.at))
  return events.some((first) => {
    const inside = events.filter((event) => event.at >= first.at && event.at - first.at <= window)
    return steps.every(
      (step) =>
        inside.filter(({ what }) => what === step).length >= steps.filter((one) => one === step).length,
    )
  })

  function goesOn(from: number, step: number, begun: number): boolean {
    if (step === steps.length) return true
    return events.some(
      (event, at) =>
        at >= from &&
        event.what === steps[step] &&
        event.at - begun <= window &&
        goesOn(at + 1, step + 1, begun),
    )
  }
}

test('a funnel counts whom trying all choices of events counts', () => {
  fc.assert(
    fc.property(persons, questions, (histories, { steps, windowMs, order }) => {
      const collector = createEventCollector()
      histories.forEach((events, who) => {
        for (const { what, at } of events) collector.add(who, what, at)
      })
      const answer = measureFunnel(collector.finish(), { steps, windowMs, order })
      // The sort of the language is stable, so events of one time keep their order.
      const sorted = histories.map((events) => events.toSorted((a, b) => a.at - b.at))
      const expected = steps.map(
        (_, last) =>
          sorted.filter((events) =>
            isReached(events, steps.slice(0, last + 1), windowMs ?? Number.POSITIVE_INFINITY, order),
          ).length,
      )
      expect(answer.steps.map((step) => step.persons)).toEqual(expected)
    }),
    { numRuns: 2000 },
  )
})
