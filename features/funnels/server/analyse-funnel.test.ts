import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { analyseFunnel, type FunnelArgs } from './analyse-funnel.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-funnel-'))
})
afterAll(() => rm(folder, { recursive: true }))

const DAY = 86_400_000
const TABLE = [
  'who;what;when',
  '1;visit;2024-01-01 10:00:00',
  '1;order;2024-01-09 10:00:00',
  '1;visit;2024-02-01 10:00:00',
  '1;cart;2024-02-03 10:00:00',
  '1;order;2024-02-08 10:00:00',
  '2;visit;2024-01-01 10:00:00',
  '2;order;2024-01-01 10:00:00',
  '2;cart;2024-01-01 10:00:00',
  '3;cart;2024-01-01 10:00:00',
].join('\n')

async function analyse(text: string, args: Partial<FunnelArgs> = {}) {
  const file = join(folder, 'events.csv')
  await writeFile(file, text)
  const said: string[] = []
  const remarks: string[] = []
  const output: CommandOutput = {
    isTerminal: false,
    wantsJson: false,
    line: (line) => void said.push(line),
    json: () => undefined,
    remark: (remark) => void remarks.push(remark),
  }
  const whole: FunnelArgs = {
    columns: { case: 'who', event: 'what', time: 'when' },
    steps: ['visit', 'cart', 'order'],
    order: 'loose',
    mayLeaveOut: false,
    ...args,
  }
  return { answer: await analyseFunnel(file, whole, output), said, remarks }
}

test('the best attempt of a person counts, within a window that ends with the last moment', async () => {
  const { answer, said } = await analyse(TABLE, { windowMs: 7 * DAY })
  // The second person ordered before the cart, though in the same second.
  expect(answer).toEqual({
    steps: [
      { step: 'visit', persons: 2, rate: 1 },
      { step: 'cart', persons: 2, rate: 1 },
      { step: 'order', persons: 1, rate: 0.5 },
    ],
  })
  expect(said).toEqual([
    'step   persons  of the first  of the one before',
    '─────  ───────  ────────────  ─────────────────',
    'visit        2       100.0 %            100.0 %',
    'cart         2       100.0 %            100.0 %',
    'order        1        50.0 %             50.0 %',
  ])
  const shorter = await analyse(TABLE, { windowMs: 7 * DAY - 1 })
  expect(shorter.answer.steps[2]?.persons).toBe(0)
})

test('in any order the order before the cart counts, strictly nothing may come between', async () => {
  const any = await analyse(TABLE, { order: 'any', windowMs: 7 * DAY })
  expect(any.answer.steps.map(({ persons }) => persons)).toEqual([2, 2, 2])
  const strict = await analyse(TABLE, { order: 'strict' })
  expect(strict.answer.steps.map(({ persons }) => persons)).toEqual([2, 1, 1])
})

test('a step that never happens is told with what there is', async () => {
  const { answer, remarks } = await analyse(TABLE, { steps: ['pay', 'visit'] })
  expect(answer.steps).toEqual([
    { step: 'pay', persons: 0, rate: null },
    { step: 'visit', persons: 0, rate: null },
  ])
  expect(remarks).toEqual(['No event is called “pay”. There are: visit, order, cart'])
})

test('64 steps are measured, more are refused', async () => {
  const steps = Array.from({ length: 65 }, (_, at) => `step ${at}`)
  expect((await analyse(TABLE, { steps: steps.slice(1) })).answer.steps).toHaveLength(64)
  await expect(analyse(TABLE, { steps })).rejects.toThrow('A funnel has at most 64 steps; these are 65.')
})

test('events without times have an order, but no window', async () => {
  const log = `<log><trace><event><string key="concept:name" value="a"/></event>
    <event><string key="concept:name" value="b"/></event></trace></log>`
  const args: Partial<FunnelArgs> = { columns: {}, steps: ['a', 'b'] }
  for (const order of ['strict', 'loose', 'any'] as const) {
    expect((await analyse(log, { ...args, order })).answer.steps[1]?.persons).toBe(1)
  }
  await expect(analyse(log, { ...args, windowMs: DAY })).rejects.toThrow('Some events have no time')
})
