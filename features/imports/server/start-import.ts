import { AppError } from '../../../kernel/errors.ts'
import type { Principal } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { recordAudit } from '../../accounts/server/actions.ts'
import type { PresetKey, TableMapping } from '../contract.ts'
import { createImport, findSameImport, type NewImport, releaseGoneRunners } from './import-store.ts'
import type { StoredFile } from './import-table.ts'
import { getMapping } from './mapping/get-mapping.ts'
import { saveMapping } from './mapping/mapping-store.ts'
import { sampleTable, type TableSample } from './mapping/sample-table.ts'
import { isTablePreset } from './mapping/table-fields.ts'
import { presets } from './presets/preset-list.ts'
import { readPresetOptions } from './preview.ts'

export interface ImportRequest {
  shop: number
  preset: PresetKey
  files: StoredFile[]
  timeZone?: string
  mapping?: TableMapping
  origin: 'web' | 'cli'
  by: Principal | 'cli'
}

/**
 * Checks what can be checked before a row is read, and makes the import; returns its number. An unfinished import of
 * the same files in the same way is gone on with instead. Remembers the mapping for the next file of the kind.
 */
export async function prepareImport(
  deps: Pick<Deps, 'db' | 'settings'>,
  request: ImportRequest,
): Promise<number> {
  const { shop, preset, files } = request
  const mapping = isTablePreset(preset) ? getMapping(preset, request.mapping) : undefined
  const options = await readPresetOptions(deps, shop, preset, request.timeZone, mapping)
  const samples = await Promise.all(files.map(sampleTable))
  refuseEmpty(files, samples)
  const stages = await presets[preset].prepare(files, options)
  for (const stage of stages) {
    const sample = samples[files.findIndex(({ path }) => path === stage.file.path)]
    if (sample) stage.compile(sample.columns)
  }
  if (mapping && isTablePreset(preset)) {
    refuseMissingColumns(mapping, files, samples)
    await saveMapping(deps.db, shop, preset, samples[0]?.columns ?? [], mapping)
  }
  return keepImport(deps, request, {
    shop,
    preset,
    origin: request.origin,
    home: deps.settings.dataDir,
    files: files.map(({ name, path, bytes, modified }) => ({ name, path, bytes, modified })),
    options: { timeZone: options.timeZone, ...(mapping ? { mapping } : {}) },
    createdBy: request.by === 'cli' ? '' : request.by.name,
  })
}

async function keepImport(
  { db }: Pick<Deps, 'db'>,
  request: ImportRequest,
  made: NewImport,
): Promise<number> {
  await releaseGoneRunners(db, made.home)
  const known = await findSameImport(db, made)
  if (known !== undefined) return known
  return db.transaction(async (tx) => {
    const id = await createImport(tx, made)
    const target = made.files
      .map(({ name }) => name)
      .join(', ')
      .slice(0, 200)
    await recordAudit(tx, {
      shop: made.shop,
      actor: request.by,
      action: 'import.started',
      target,
      detail: { import: id, preset: made.preset },
    })
    return id
  })
}

function refuseEmpty(files: readonly StoredFile[], samples: readonly TableSample[]): void {
  const empty = files.filter((_, index) => samples[index]?.columns.length === 0)
  if (empty.length > 0)
    throw new AppError('unprocessable', `${empty.map(({ name }) => name).join(', ')}: the file is empty.`)
}

function refuseMissingColumns(
  mapping: TableMapping,
  files: readonly StoredFile[],
  samples: readonly TableSample[],
): void {
  for (const [index, { columns }] of samples.entries()) {
    const missing = [...new Set(Object.values(mapping.fields))].filter((column) => !columns.includes(column))
    if (missing.length > 0)
      throw new AppError(
        'unprocessable',
        `${files[index]?.name} lacks ${missing.length === 1 ? 'the column' : 'the columns'} ${missing.join(', ')}. It has: ${columns.slice(0, 30).join(', ')}.`,
        { details: { missing, columns: columns.slice(0, 200) } },
      )
  }
}
