import { mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { makeSocketFolder, prepareDataFolder } from './data-folder.ts'
import { markEngines, markFilledEngines, readDataMarker } from './data-marker.ts'
import { findStartupError, type StartupError } from './startup-error.ts'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tropa-data-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

async function refusal(dataDir: string): Promise<StartupError | undefined> {
  return prepareDataFolder(dataDir).then(() => undefined, findStartupError)
}

test('a folder that is not there is made, for its user alone', async () => {
  const dataDir = join(folder, 'deep', 'data')
  await prepareDataFolder(dataDir)
  expect((await stat(dataDir)).mode & 0o777).toBe(0o700)
})

test('a file in its place is named', async () => {
  const path = join(folder, 'data')
  await writeFile(path, '')
  expect(await refusal(path)).toMatchObject({
    code: 'folder_not_a_directory',
    message: expect.stringContaining(path),
  })
  expect(await refusal(join(path, 'below'))).toMatchObject({ code: 'folder_not_a_directory' })
})

test('a folder that may not be written to is refused with the mend', async () => {
  expect(await refusal('/proc/tropa-data')).toMatchObject({
    code: 'folder_not_writable',
    message: 'This user may not write to the data folder /proc/tropa-data.',
    mend: expect.stringContaining('TROPA_DATA'),
  })
})

test.skipIf(process.getuid?.() === 0)('a folder that belongs to somebody else is refused', async () => {
  expect(await refusal('/usr')).toMatchObject({ code: 'folder_not_writable' })
})

test('a first start that was cut short is simply gone on with', async () => {
  await markEngines(folder, ['postgres', 'clickhouse'], 'starting')
  await mkdir(join(folder, 'postgres'))
  expect(await refusal(folder)).toBeUndefined()
})

test('a folder from which a part is missing that was there is not whole', async () => {
  const control = join(folder, 'postgres', 'global', 'pg_control')
  await mkdir(join(folder, 'postgres', 'global'), { recursive: true })
  await writeFile(control, '')
  await writeFile(join(folder, 'postgres', 'PG_VERSION'), '18')
  await mkdir(join(folder, 'clickhouse', 'engine', 'metadata'), { recursive: true })
  await markEngines(folder, ['postgres', 'clickhouse'], 'starting')
  await markFilledEngines(folder, ['postgres', 'clickhouse'])
  expect(await refusal(folder)).toBeUndefined()
  await mkdir(join(folder, 'clickhouse', 'engine', 'store'))
  await markFilledEngines(folder, ['postgres', 'clickhouse'])
  expect(await refusal(folder)).toBeUndefined()
  await rm(join(folder, 'clickhouse', 'engine'), { recursive: true })
  expect(await refusal(folder)).toMatchObject({
    code: 'folder_half_written',
    message: expect.stringContaining('"clickhouse/engine/metadata" is missing'),
  })
  await rm(control)
  expect((await refusal(folder))?.message).toContain('"postgres/global/pg_control" is missing')
})

test('engines without the word that they were finished are not whole', async () => {
  await mkdir(join(folder, 'clickhouse'))
  expect(await refusal(folder)).toMatchObject({ code: 'folder_half_written' })
})

test('a torn marker and one of a newer version are told apart', async () => {
  const path = join(folder, 'tropa-data.json')
  await writeFile(path, '{"format": 1, "eng')
  expect(await refusal(folder)).toMatchObject({ code: 'folder_half_written' })
  await writeFile(path, '{"format": 2, "engines": {}}')
  expect(await refusal(folder)).toMatchObject({ code: 'folder_of_other_version' })
})

test('an engine that was ready stays ready in the marker', async () => {
  await markEngines(folder, ['postgres'], 'ready')
  await markEngines(folder, ['postgres', 'clickhouse'], 'starting')
  expect(await readDataMarker(folder)).toEqual({
    format: 1,
    engines: { postgres: 'ready', clickhouse: 'starting' },
  })
})

test('sockets go into the data folder, or elsewhere when its path is too long for them', async () => {
  const near = await makeSocketFolder(folder)
  expect(near.path).toBe(join(folder, 'run'))
  const far = await makeSocketFolder(join(folder, 'ї'.repeat(60)))
  expect(Buffer.byteLength(join(far.path, '.s.PGSQL.5432'))).toBeLessThan(104)
  expect((await stat(far.path)).mode & 0o777).toBe(0o700)
  await far.remove()
  await expect(stat(far.path)).rejects.toThrow('ENOENT')
})
