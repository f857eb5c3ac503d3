import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { type AttributionArgs, analyseAttribution } from './analyse-attribution.ts'
import { MODEL_NAMES } from './models/create-model.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-attribution-'))
})
afterAll(() => rm(folder, { recursive: true }))

const ARGS: AttributionArgs = {
  model: 'markov',
  order: 1,
  halfLife: 1,
  direct: ['direct'],
  withNulls: false,
  separator: ' > ',
  columns: { path: 'path', conversions: 'conversions', value: 'value', nulls: 'nulls' },
  mayLeaveOut: false,
}

async function analyse(text: string | Buffer, args: Partial<AttributionArgs> = {}) {
  const file = join(folder, 'paths.csv')
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
  const answer = await analyseAttribution(file, { ...ARGS, ...args }, output)
  return { answer, said, remarks }
}

test('a table of paths becomes credits, the most credited channel first', async () => {
  const { answer, said } = await analyse(
    'path,conversions,value,nulls\na > b > c,1,100,0\na,0,0,1\nb > c,0,0,1\n',
    { withNulls: true },
  )
  expect(answer).toEqual({
    model: 'markov',
    channels: [
      { channel: 'b', conversions: expect.closeTo(0.4, 12), value: expect.closeTo(40, 10), removalEffect: 1 },
      { channel: 'c', conversions: expect.closeTo(0.4, 12), value: expect.closeTo(40, 10), removalEffect: 1 },
      {
        channel: 'a',
        conversions: expect.closeTo(0.2, 12),
        value: expect.closeTo(20, 10),
        removalEffect: expect.closeTo(0.5, 12),
      },
    ],
    totals: { conversions: 1, value: 100, nulls: 2 },
  })
  expect(said[0]).toBe('channel  conversions   share  value  removal effect')
})

test('other names, another delimiter, a mark and another separator are read', async () => {
  const { answer } = await analyse('\ufeffPfad;Käufe\nпошук→лист;2\nлист;1\n', {
    model: 'first',
    separator: '→',
    columns: { ...ARGS.columns, path: 'pfad', conversions: 'Käufe' },
  })
  expect(answer).toEqual({
    model: 'first',
    channels: [
      { channel: 'пошук', conversions: 2, value: null },
      { channel: 'лист', conversions: 1, value: null },
    ],
    totals: { conversions: 3, value: null },
  })
})

test.each([
  ['a >  > b,1', 'Line 2: step 2 of 3 of the path is empty. Mend it, or leave such rows out by --skip-bad.'],
  ['"",1', 'Line 2: the path is empty. Mend it, or leave such rows out by --skip-bad.'],
  [
    'a > b,-1',
    'Line 2: “conversions” is -1; it can’t be negative. Mend it, or leave such rows out by --skip-bad.',
  ],
  [
    'a > b,1x',
    'Line 2: “conversions” is “1x”, which is not a number like 12 or 12.5. Mend it, or leave such rows out by --skip-bad.',
  ],
  ['a > b,NaN', /is not a number/],
  ['a > b,1e999', /is not a number/],
  ['a,b,1', 'Line 2: The row has 3 cells, the header has 2. Mend it, or leave such rows out by --skip-bad.'],
])('a row %s is refused by its line', async (row, message) => {
  await expect(analyse(`path,conversions\n${row}\n`)).rejects.toThrow(message)
})

test('bad rows are left out when that was asked for, and counted', async () => {
  const { answer, remarks } = await analyse('path,conversions\na > b,1\na >  > b,1\nb,zz\n', {
    model: 'last',
    mayLeaveOut: true,
  })
  expect(answer.totals).toEqual({ conversions: 1, value: null })
  expect(remarks).toEqual(['2 rows were left out; line 3: step 2 of 3 of the path is empty.'])
})

test('value without conversions would be credited to nobody, so it is refused', async () => {
  await expect(analyse('path,conversions,value\na,0,5\n')).rejects.toThrow('“value” is 5, but there are no')
})

test('a missing column is named with those that there are', async () => {
  await expect(analyse('route,conversions\na,1\n')).rejects.toThrow(
    'There is no column “path”. The file has: route, conversions. Name the right one by --path-column.',
  )
  await expect(analyse('path,conversions\na,1\n', { withNulls: true })).rejects.toThrow('--nulls-column')
})

test('a file with a header alone, and an empty one, say so', async () => {
  await expect(analyse('path,conversions\n')).rejects.toThrow('no rows')
  await expect(analyse('')).rejects.toThrow('The file is empty')
})

test('paths written with another separator are noticed', async () => {
  const { remarks } = await analyse('path,conversions\na>b,1\n', { model: 'last' })
  expect(remarks).toEqual(['“a>b” was taken as one channel, since steps are separated by “ > ”.'])
})

test('fractions of conversions are weights, and no conversions give no credit', async () => {
  const { answer } = await analyse('path,conversions\na > b,0.5\n', { model: 'linear' })
  expect(answer.channels.map(({ conversions }) => conversions)).toEqual([0.25, 0.25])
  const none = await analyse('path,conversions\na > b,0\n')
  expect(none.answer.channels).toEqual([
    { channel: 'a', conversions: 0, value: null },
    { channel: 'b', conversions: 0, value: null },
  ])
  expect(none.remarks).toEqual(['No path converted, so there is nothing to credit.'])
})

test('a file as office programs write it is read: a mark, quotes, semicolons and their line ends', async () => {
  const { answer } = await analyse('\ufeff"path";"conversions"\r\n"ad; spring > mail";2\r\nmail;"1"\r\n', {
    model: 'linear',
  })
  expect(answer.channels).toEqual([
    { channel: 'mail', conversions: 2, value: null },
    { channel: 'ad; spring', conversions: 1, value: null },
  ])
})

const LONG = Array.from({ length: 5_000 }, (_, at) => (at % 3 === 0 ? 'ad' : 'mail')).join(' > ')

test.each(MODEL_NAMES)('%s takes a path of five thousand steps', async (model) => {
  const { answer } = await analyse(`path,conversions\n${LONG},3\nchat,2\n`, { model })
  const sum = answer.channels.reduce((all, { conversions }) => all + conversions, 0)
  expect(sum).toBeCloseTo(5, 9)
  expect(answer.channels).toHaveLength(3)
})

test('ten thousand channels are shared out, or refused in words where a chain of them can’t be solved', async () => {
  const many = Array.from({ length: 10_000 }, (_, at) => `way ${at},1`)
  const text = `path,conversions\n${[`${LONG},3`, ...many].join('\n')}\n`
  const { answer } = await analyse(text, { model: 'linear' })
  expect(answer.totals.conversions).toBe(10_003)
  expect(answer.channels).toHaveLength(10_002)
  await expect(analyse(text, { model: 'markov' })).rejects.toThrow('join rare channels')
})
