import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { assertRowsArrived } from './count-rows.ts'
import { spoolRows } from './request-body.ts'

let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-spool-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** The rows in pieces of three bytes, so that everything is cut somewhere. */
const cut = (text: string) =>
  Buffer.from(text)
    .toString('latin1')
    .match(/[\s\S]{1,3}/g)
    ?.map((part) => Buffer.from(part, 'latin1')) ?? []

/** The least number of written rows that passes for all that were sent. */
async function countNeeded(format: string, text: string): Promise<number> {
  const spool = await spoolRows(folder, cut(text))
  for (let written = 0; ; written += 1) {
    const isEnough = await assertRowsArrived(spool, format, written).then(
      () => true,
      () => false,
    )
    if (isEnough) {
      await spool.remove()
      return written
    }
  }
}

test.each([
  ['JSONEachRow', '{"a":1}\n{"a":2}\n', 2],
  ['JSONEachRow', '{"a":1}\n\n \r\n{"a":2}', 2],
  ['JSONEachRow', '[{"a":1},{"a":{"b":[{}]}}]', 1],
  ['JSONEachRow', '{\n"a\\"}{"\n:\n"{"\n}', 1],
  ['JSONCompactEachRow', '[1,[2,3],"]["]\n[4]\n', 2],
  ['JSONCompactEachRow', '[\n1,\n"[[\\\\"\n]\n[2]', 2],
  ['CSV', '1,"x\n\ny"\n2,"""\n"\n', 2],
  ['TabSeparated', '1\tx\\\ny\n2\tz', 2],
  ['RowBinary', '\n\n\n\n', 1],
  ['Values', '(1), (2)', 1],
  ['CSV', '', 0],
  ['Native', '', 0],
])('%s %j holds %i rows or more', async (format, text, rows) => {
  expect(await countNeeded(format, text)).toBe(rows)
})

test('a source that breaks off leaves no file behind', async () => {
  async function* rows() {
    yield Buffer.alloc(9 << 20, 'x\n')
    throw new Error('broken off')
  }
  await expect(spoolRows(folder, rows())).rejects.toThrow('broken off')
  expect(await readdir(folder)).toEqual([])
})
