import { AppError, isAppError } from '../../../kernel/errors.ts'
import { isTimeZone } from '../../../kernel/time-zone.ts'
import type { Deps } from '../../../platform/room.ts'
import { getShopSettings } from '../../accounts/server/reads.ts'
import type { ImportPreview, PresetKey, PreviewRequest, TableMapping, TablePreset } from '../contract.ts'
import type { PresetOptions } from './import-stage.ts'
import type { StoredFile } from './import-table.ts'
import { findMissingFields } from './mapping/get-mapping.ts'
import { findMapping } from './mapping/mapping-store.ts'
import { fold, guessStep } from './mapping/order-status.ts'
import { sampleTable, type TableSample, textCells } from './mapping/sample-table.ts'
import { type Suggestion, suggestMapping } from './mapping/suggest-mapping.ts'
import { isTablePreset } from './mapping/table-fields.ts'
import { presets } from './presets/preset-list.ts'
import { recognisePreset } from './recognise-preset.ts'
import { sampleRows } from './sample-rows.ts'

type PreviewFile = StoredFile & { id: string }
type PreviewDeps = Pick<Deps, 'db'>

const SHOWN_ROWS = 8

/** How files would be read: their columns and first rows, what each column is taken for, and what some rows become. */
export async function previewImport(
  deps: PreviewDeps,
  shop: number,
  files: PreviewFile[],
  request: Omit<PreviewRequest, 'files'>,
): Promise<ImportPreview> {
  const samples = await Promise.all(files.map(sampleTable))
  const first = samples[0] as TableSample
  const rows = first.rows.map(textCells)
  const preset = request.preset ?? recognisePreset(files, first.columns, rows)
  const suggestion = await suggest(deps, shop, preset, first, request.mapping)
  const options = await readPresetOptions(deps, shop, preset, request.timeZone, suggestion?.mapping)
  const problems = findProblems(preset, samples, suggestion?.mapping)
  const sampled = problems.length > 0 ? undefined : await sampleSafely(preset, files, options)
  return {
    preset,
    files: files.map(({ id, name, bytes }, index) => describeFile({ id, name, bytes }, samples[index])),
    timeZone: options.timeZone,
    columns: first.columns,
    rows: first.rows.slice(0, SHOWN_ROWS).map((row) => ({ line: row.line, cells: textCells(row) })),
    mapping: suggestion?.mapping ?? null,
    fields: suggestion?.fields ?? [],
    states: suggestion ? countStates(first, suggestion.mapping) : [],
    sample: sampled?.sample ?? [],
    sampleRows: sampled?.rows ?? 0,
    sampleBad: sampled?.bad ?? 0,
    problems: sampled?.problem ? [...problems, sampled.problem] : problems,
  }
}

function describeFile(file: { id: string; name: string; bytes: number }, sample: TableSample | undefined) {
  return { ...file, encoding: sample?.encoding ?? null, delimiter: sample?.delimiter ?? null }
}

async function suggest(
  { db }: PreviewDeps,
  shop: number,
  preset: PresetKey,
  sample: TableSample,
  chosen: TableMapping | undefined,
): Promise<Suggestion | undefined> {
  if (!isTablePreset(preset)) return undefined
  const { columns } = sample
  const remembered = chosen ? undefined : await findMapping(db, shop, preset, columns)
  return suggestMapping({ preset, columns, rows: sample.rows.map(textCells), chosen, remembered })
}

/** What a preset needs to know of the shop; fails with `bad_request` for an unknown time zone. */
export async function readPresetOptions(
  deps: PreviewDeps,
  shop: number,
  preset: PresetKey,
  timeZone: string | undefined,
  mapping: unknown,
): Promise<PresetOptions> {
  const settings = await getShopSettings(deps, shop)
  const zone = timeZone ?? presets[preset].timeZone ?? settings.timeZone
  if (!isTimeZone(zone))
    throw new AppError('bad_request', `“${zone}” is not a time zone; use a name like Europe/Kyiv.`)
  return { shop, timeZone: zone, currency: settings.currency, phoneCountry: settings.phoneCountry, mapping }
}

function findProblems(preset: PresetKey, samples: readonly TableSample[], mapping: TableMapping | undefined) {
  const problems: ImportPreview['problems'] = []
  if (!mapping || !isTablePreset(preset)) return problems
  const missing = findMissingFields(preset as TablePreset, mapping)
  if (missing.length > 0)
    problems.push({ code: 'missing_fields', message: `No column is chosen for ${missing.join(' and ')}.` })
  for (const { columns } of samples.slice(1)) {
    const lacking = Object.values(mapping.fields).filter((column) => !columns.includes(column))
    if (lacking.length > 0)
      problems.push({
        code: 'different_columns',
        message: `Another file lacks the column ${lacking.join(', ')}.`,
      })
  }
  return problems
}

async function sampleSafely(preset: PresetKey, files: readonly PreviewFile[], options: PresetOptions) {
  try {
    return { ...(await sampleRows(preset, files, options)), problem: undefined }
  } catch (error) {
    if (!isAppError(error)) throw error
    return { sample: [], rows: 0, bad: 0, problem: { code: error.code, message: error.message } }
  }
}

/** The statuses of the sample, most frequent first, with the state each stands for. */
function countStates(
  { columns, rows }: TableSample,
  { fields, states = {} }: TableMapping,
): ImportPreview['states'] {
  const place = fields.state === undefined ? -1 : columns.indexOf(fields.state)
  if (place < 0) return []
  const chosen = new Map(Object.entries(states).map(([status, state]) => [fold(status), state]))
  const counts = new Map<string, number>()
  for (const row of rows) {
    const status = textCells(row)[place]?.trim() ?? ''
    if (status !== '') counts.set(status, (counts.get(status) ?? 0) + 1)
  }
  return [...counts]
    .sort(([, a], [, b]) => b - a)
    .map(([status, count]) => ({
      status,
      rows: count,
      state: chosen.get(fold(status)) ?? guessStep(status) ?? null,
    }))
}
