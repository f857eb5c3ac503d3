import { expect, test } from 'vitest'
import { funnelQuery, personsQuery } from './funnel-query.ts'

const plan = {
  shop: 5,
  period: { from: 1_000, to: 2_000 },
  steps: [{ touchpoint: 'cart' }, { state: 'placed' as const }],
  order: 'ordered' as const,
  windowMs: 60_000,
  per: 'person' as const,
}

test('the question becomes one statement with parameters, which reads a window beyond the period', () => {
  const { sql, params } = funnelQuery(plan)
  expect(params).toEqual({
    shop: 5,
    from: 1_000,
    until: 62_000,
    span: 1_000,
    window: 60_000,
    measurements: ['Standard Measured', 'Page Measured'],
    step_1_touchpoint: 'cart',
    step_2_names: ['order completed', 'order placed'],
  })
  expect(sql).toContain('(touchpoint = {step_1_touchpoint:String} OR arrival = {step_1_touchpoint:String})')
  expect(sql).toContain('quantilesExactArray(0.25, 0.5, 0.75, 0.9)(lengths)')
  expect(sql.match(/FROM events FINAL/g)).toHaveLength(1)
})

test('only who came to a step and not to the next is left there', () => {
  const page = { after: { at: 7, person: 'p' }, limit: 3 }
  const { sql, params } = personsQuery(plan, { step: 1, next: 2 }, page)
  expect(sql).toContain('WHERE took[1] >= 0 AND took[2] < 0')
  expect(params).toMatchObject({ after_at: 7, after: 'p', limit: 3 })
})

test('visits and steps without anything between them need every contact', () => {
  expect(funnelQuery({ ...plan, order: 'strict' }).sql).toContain("kind IN ('page', 'screen', 'track')")
  expect(funnelQuery({ ...plan, per: 'session' }).params).toMatchObject({ silence: 1_800_000 })
})
