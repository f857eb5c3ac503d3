import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { analysePaths, type PathsArgs } from './analyse-paths.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-paths-'))
})
afterAll(() => rm(folder, { recursive: true }))

const COLUMNS = { case: 'case', event: 'event', time: 'time' }

async function analyse(text: string | Buffer, args: Partial<PathsArgs> = {}) {
  const file = join(folder, 'events')
  await writeFile(file, text)
  const said: string[] = []
  const output: CommandOutput = {
    isTerminal: false,
    wantsJson: false,
    line: (line) => void said.push(line),
    json: () => undefined,
    remark: (remark) => void said.push(remark),
  }
  const answer = await analysePaths(file, { columns: COLUMNS, top: 20, mayLeaveOut: false, ...args }, output)
  return { answer, said }
}

/**
 * The six requests for compensation of van der Aalst, “Process Mining” (2nd ed., table 2.1 and ch. 2.4), by letters:
 * register, examine thoroughly, examine Casually, check ticket, decide, reInitiate, pay, reJect.
 */
const TRACES = ['rtkdj', 'rkcdp', 'rckditkdp', 'rktdj', 'rckdikcdickdj', 'rckdp']

test('the running example of process mining gives its 42 events, 6 variants and its edges', async () => {
  const rows = TRACES.flatMap((trace, who) =>
    [...trace].map((what, at) => `${who + 1},${what},2010-12-30 11:${String(at).padStart(2, '0')}:00`),
  )
  // The file may hold its events in any order.
  const { answer } = await analyse(`case,event,time\n${rows.reverse().join('\n')}\n`)
  expect(answer).toMatchObject({ cases: 6, events: 42, activities: 8, variants: 6 })
  expect(answer.starts).toEqual([{ activity: 'r', count: 6 }])
  expect(answer.ends).toEqual([
    { activity: 'j', count: 3 },
    { activity: 'p', count: 3 },
  ])
  const times = Object.fromEntries(answer.edges.map(({ from, to, count }) => [from + to, count]))
  expect(times).toEqual({
    ...{ kd: 6, ck: 4, rc: 3, di: 3, dj: 3, dp: 3, rk: 2, tk: 2, kc: 2, cd: 2 },
    ...{ rt: 1, kt: 1, td: 1, it: 1, ik: 1, ic: 1 },
  })
  // From checking to deciding twice in two of the traces.
  expect(answer.edges[0]).toEqual({ from: 'k', to: 'd', count: 6, cases: 4 })
})

const XES = `<?xml version="1.0" encoding="UTF-8" ?>
<!-- a comment with <tags> & -->
<log xes.version="1.0" xmlns="http://www.xes-standard.org/">
  <extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
  <global scope="event"><string key="concept:name" value="__INVALID__"/></global>
  <trace>
    <string key="concept:name" value="1"/>
    <event>
      <date key="time:timestamp" value="2010-12-30T11:02:00.000+01:00"/>
      <string key="concept:name" value="A &amp; &#1041;"/>
      <list key="parts"><string key="concept:name" value="inner"/></list>
    </event>
    <event><string key='concept:name' value='b > "c"'/><date key="time:timestamp" value="2010-12-30T10:01:00Z"/></event>
  </trace>
  <trace><string key="concept:name" value="2"/></trace>
  <trace><event><string key="concept:name" value="A &amp; Б"/></event></trace>
</log>`

test('XES is read: keys, character references, nested attributes, traces without events, times by offset', async () => {
  const { answer } = await analyse(XES, { columns: {} })
  expect(answer).toMatchObject({ cases: 2, events: 3, activities: 2, variants: 2 })
  // 10:01 UTC comes before 11:02 in a zone one hour ahead, which is 10:02 UTC.
  expect(answer.edges).toEqual([{ from: 'b > "c"', to: 'A & Б', count: 1, cases: 1 }])
})

test('XES is read the same in pieces, packed, in UTF-16 and with another key', async () => {
  const long = XES.replace('</log>', `${'<!-- 0123456789 -->'.repeat(40_000)}</log>`)
  const plain = await analyse(XES, { columns: {} })
  expect((await analyse(long, { columns: {} })).answer).toEqual(plain.answer)
  expect((await analyse(gzipSync(long), { columns: {} })).answer).toEqual(plain.answer)
  const wide = Buffer.from(`\ufeff${XES.replace('UTF-8', 'UTF-16')}`, 'utf16le')
  expect((await analyse(wide, { columns: {} })).answer).toEqual(plain.answer)
  await expect(analyse(XES, { columns: { event: 'org:resource' } })).rejects.toThrow(
    'an event has no “org:resource”',
  )
})

test.each([
  ['<log><trace>', 'the file ends inside <trace>'],
  ['<log><trace></log>', '“</log>” closes nothing open'],
  ['<!DOCTYPE log [<!ENTITY a "b">]><log/>', 'document types and entity declarations are not read'],
  [
    '<log>\n<trace>\n<event><string key="concept:name" value="&lol;"/></event></trace></log>',
    'Line 3: “&lol;” stands for nothing',
  ],
  ['<html><body/></html>', 'This is XML, but no event log: it begins with <html>'],
  ['<log><trace><event><string key=concept value="a"/></event></trace></log>', 'is not well formed'],
  [
    '<log><trace><event><date key="time:timestamp" value="soon"/></event></trace></log>',
    '“soon” is not a time',
  ],
  ['<log></log>', 'There is no event in the file.'],
])('broken XES %s is refused with the reason', async (text, message) => {
  await expect(analyse(text, { columns: {} })).rejects.toThrow(message)
})

test.each([
  ['1,a,soon', 'Line 2: “time” is “soon”, which is not a time like 2024-01-31 12:00:00.'],
  [',a,2024-01-01', 'Line 2: “case” is empty, so nobody knows whose event it is.'],
  ['1,,2024-01-01', 'Line 2: “event” is empty.'],
])('a row %s is refused by its line', async (row, message) => {
  await expect(analyse(`case,event,time\n${row}\n`)).rejects.toThrow(message)
})

test('a table without named columns asks for them; a column that isn’t there is named', async () => {
  await expect(analyse('case,event,time\n1,a,1\n', { columns: {} })).rejects.toThrow(
    'Name the columns of the table',
  )
  await expect(analyse('id,event,time\n1,a,1\n')).rejects.toThrow(
    'There is no column “case”. The file has: id, event, time.',
  )
})

test('a silence longer than the gap begins a case anew', async () => {
  const table = 'case,event,time\n1,a,2024-01-01 10:00\n1,b,2024-01-01 10:30\n1,a,2024-01-01 11:01\n'
  const { answer, said } = await analyse(table, { sessionGapMs: 30 * 60_000 })
  expect(answer.topVariants.map(({ path }) => path)).toEqual([['a'], ['a', 'b']])
  expect(said[0]).toBe('2 cases, 3 events, 2 activities, 2 variants.')
})

test('a file as office programs write it, and a case of five thousand events, are read', async () => {
  const rows = Array.from(
    { length: 5_000 },
    (_, at) => `"1";"${at % 2 === 0 ? 'look; again' : 'ask'}";${1_700_000_000 + at}`,
  )
  const { answer } = await analyse(`\ufeff"case";"event";"time"\r\n${rows.join('\r\n')}\r\n`)
  expect(answer).toMatchObject({ cases: 1, events: 5_000, activities: 2, variants: 1 })
  expect(answer.edges).toEqual([
    { from: 'look; again', to: 'ask', count: 2_500, cases: 1 },
    { from: 'ask', to: 'look; again', count: 2_499, cases: 1 },
  ])
})
