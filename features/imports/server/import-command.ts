import { readdir, readFile, stat } from 'node:fs/promises'
import { basename, join, resolve } from 'node:path'
import { SingleBar } from 'cli-progress'
import { AppError } from '../../../kernel/errors.ts'
import type { CommandOutput } from '../../../platform/command-output.ts'
import type { Deps } from '../../../platform/room.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { chooseShop, listShops } from '../../accounts/server/reads.ts'
import { type ImportProgress, type PresetKey, presetKeys, type TableMapping } from '../contract.ts'
import { badRowsPath } from './bad-rows-file.ts'
import { describeOutcome, tellOutcome } from './command-report.ts'
import { findImport } from './import-store.ts'
import type { StoredFile } from './import-table.ts'
import { findMapping } from './mapping/mapping-store.ts'
import { sampleTable, textCells } from './mapping/sample-table.ts'
import { suggestMapping } from './mapping/suggest-mapping.ts'
import { isTablePreset, tableFields } from './mapping/table-fields.ts'
import { recognisePreset } from './recognise-preset.ts'
import { type ImportOutcome, runImport } from './run-import.ts'
import { nameRunner } from './runner-name.ts'
import { prepareImport } from './start-import.ts'

export interface ImportArgs {
  /** A preset, or `csv` to recognise the kind of table. */
  preset: string
  path: string
  shop?: string
  timeZone?: string
  /** A JSON file, or `field=column,field=column`. */
  mapping?: string
}

const DONE = 0
const FAILED = 1

/** `tropa import <preset|csv> <path>`: runs to the end and says what came of it. The same command again goes on, or adds nothing. */
export async function importCommand(deps: Deps, args: ImportArgs, output: CommandOutput): Promise<number> {
  const files = await listFiles(args.path)
  const preset = await readPreset(args.preset, files)
  const shop = await findShop(deps, args, preset, output)
  const mapping = isTablePreset(preset)
    ? await chooseMapping(deps, shop.id, preset, files, args, output)
    : undefined
  const { timeZone } = args
  const id = await prepareImport(deps, {
    shop: shop.id,
    preset,
    files,
    timeZone,
    mapping,
    origin: 'cli',
    by: 'cli',
  })
  await announce(deps, shop, id, output)
  const outcome = await runWithProgress(deps, id, output)
  if (!outcome) throw new AppError('conflict', 'This import is running already, in another process.')
  return report(deps, shop, outcome, output)
}

async function announce({ db }: Deps, shop: { id: number; name: string }, id: number, output: CommandOutput) {
  const row = await findImport(db, shop.id, id)
  const bytes = row?.files.reduce((sum, file) => sum + file.bytes, 0) ?? 0
  const before = row?.counts.rows ?? 0
  const from = before > 0 ? `, going on after ${before.toLocaleString('en')} rows` : ''
  output.remark(`Importing ${(bytes / 1e6).toFixed(1)} MB into “${shop.name}”${from}.`)
}

async function report(
  { db, settings }: Deps,
  shop: { id: number; name: string },
  { id, state, progress }: ImportOutcome,
  output: CommandOutput,
): Promise<number> {
  const row = await findImport(db, shop.id, id)
  if (!row) throw new AppError('internal', 'The import is gone.')
  const badRows = progress.bad > 0 ? badRowsPath(settings.dataDir, id) : null
  output.json(describeOutcome(row, shop, badRows))
  for (const line of tellOutcome(row, badRows)) output.line(line)
  const isUseless = progress.rows > 0 && progress.bad === progress.rows
  return state === 'done' && !isUseless ? DONE : FAILED
}

/**
 * Olist's data are a shop of their own, so trying them out needs no shop made before; whoever becomes the first owner
 * gets it. For files of one's own shop there must be that shop, with its currency and zone.
 */
async function findShop({ db }: Deps, args: ImportArgs, preset: PresetKey, output: CommandOutput) {
  const isOlist = preset === 'olist' || preset === 'olist-leads'
  if (!isOlist || args.shop !== undefined || (await listShops(db)).length > 0)
    return chooseShop(db, args.shop)
  const name = 'Olist'
  const id = await createShop(db, { name, currency: 'BRL', timeZone: 'America/Sao_Paulo', language: 'en' })
  output.remark(`There was no shop yet: “${name}” was made. It will belong to whoever opens the owner link.`)
  return { id, name }
}

const TABLES = /\.(csv|tsv|txt|ndjson|jsonl|json)(\.gz)?$/i

/** The file, or the tables of the folder. */
async function listFiles(given: string): Promise<StoredFile[]> {
  const path = resolve(given)
  const found = await stat(path).catch(() => undefined)
  if (!found) throw new AppError('bad_request', `There is no file or folder “${given}”.`)
  const paths = found.isDirectory()
    ? (await readdir(path))
        .filter((name) => TABLES.test(name))
        .sort()
        .map((name) => join(path, name))
    : [path]
  if (paths.length === 0) throw new AppError('bad_request', `“${given}” holds no CSV or NDJSON files.`)
  return Promise.all(
    paths.map(async (file) => {
      const { size, mtimeMs } = await stat(file)
      return { name: basename(file), path: file, bytes: size, modified: Math.floor(mtimeMs) }
    }),
  )
}

async function readPreset(given: string, files: StoredFile[]): Promise<PresetKey> {
  const known = presetKeys.find((key) => key === given)
  if (known) return known
  if (given !== 'csv')
    throw new AppError(
      'bad_request',
      `There is no preset “${given}”. Use one of ${presetKeys.join(', ')}, or csv.`,
    )
  const sample = await sampleTable(files[0] as StoredFile)
  return recognisePreset(files, sample.columns, sample.rows.map(textCells))
}

async function chooseMapping(
  { db }: Deps,
  shop: number,
  preset: 'orders' | 'events',
  files: StoredFile[],
  args: ImportArgs,
  output: CommandOutput,
): Promise<TableMapping> {
  const sample = await sampleTable(files[0] as StoredFile)
  const { columns } = sample
  const given = args.mapping === undefined ? undefined : await readMapping(args.mapping, preset)
  const remembered = await findMapping(db, shop, preset, columns)
  const { mapping } = suggestMapping({ preset, columns, rows: sample.rows.map(textCells), remembered })
  // What is given counts; a column that it takes serves no other field.
  const taken = new Set(Object.values(given?.fields ?? {}))
  const others = Object.entries(mapping.fields).filter(([, column]) => !taken.has(column))
  const whole = { ...mapping, ...given, fields: { ...Object.fromEntries(others), ...given?.fields } }
  for (const [field, column] of Object.entries(whole.fields)) output.remark(`${field} ← ${column}`)
  return whole
}

async function readMapping(given: string, preset: 'orders' | 'events'): Promise<TableMapping> {
  if (!/\.json$/i.test(given)) return { fields: readPairs(given, preset) }
  const text = await readFile(given, 'utf8').catch(() => {
    throw new AppError('bad_request', `The mapping “${given}” can’t be read.`)
  })
  try {
    const mapping = JSON.parse(text) as TableMapping | Record<string, string>
    return 'fields' in mapping ? (mapping as TableMapping) : { fields: mapping as Record<string, string> }
  } catch {
    throw new AppError('bad_request', `The mapping “${given}” is not JSON.`)
  }
}

/** `order_id=Order number,value=Total`, either way round: the side that is a field of ours tells. */
function readPairs(text: string, preset: 'orders' | 'events'): Record<string, string> {
  return Object.fromEntries(
    text.split(',').map((pair) => {
      const at = pair.indexOf('=')
      const [left, right] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()]
      const isField = (name: string) => tableFields[preset].includes(name)
      if (at < 1 || (!isField(left) && !isField(right)))
        throw new AppError(
          'bad_request',
          `“${pair}” is not field=column. Fields of ${preset}: ${tableFields[preset].join(', ')}.`,
        )
      return isField(left) ? [left, right] : [right, left]
    }),
  )
}

const LINE_EVERY_MS = 5_000

async function runWithProgress(
  deps: Deps,
  id: number,
  output: CommandOutput,
): Promise<ImportOutcome | undefined> {
  const abort = new AbortController()
  const stop = () => abort.abort('cancel')
  process.once('SIGINT', stop)
  const show = output.isTerminal ? createBar() : createLines(output)
  try {
    return await runImport(deps, id, { runner: nameRunner(), signal: abort.signal, onProgress: show.update })
  } finally {
    show.stop()
    process.off('SIGINT', stop)
  }
}

function createBar() {
  const bar = new SingleBar({
    format: '{bar} {percentage}% · {rows} rows · {rate} rows/s · {left} left',
    stream: process.stderr,
    hideCursor: true,
  })
  bar.start(1_000, 0, { rows: 0, rate: '–', left: '–' })
  return {
    update({ share, rows, rowsPerSecond, secondsLeft }: ImportProgress) {
      bar.update(Math.round(share * 1_000), {
        rows: rows.toLocaleString('en'),
        rate: rowsPerSecond === null ? '–' : Math.round(rowsPerSecond).toLocaleString('en'),
        left: secondsLeft === null ? '–' : `${Math.ceil(secondsLeft)} s`,
      })
    },
    stop: () => bar.stop(),
  }
}

function createLines(output: CommandOutput) {
  let saidAt = performance.now()
  return {
    update({ share, rows, rowsPerSecond }: ImportProgress) {
      if (performance.now() - saidAt < LINE_EVERY_MS) return
      saidAt = performance.now()
      const rate = rowsPerSecond === null ? '' : `, ${Math.round(rowsPerSecond)} rows/s`
      output.remark(`${Math.floor(share * 100)} %: ${rows} rows${rate}`)
    },
    stop: () => undefined,
  }
}
