import { Value } from 'typebox/value'
import { AppError } from '../../../../kernel/errors.ts'
import { TableMapping, type TablePreset } from '../../contract.ts'
import { requiredFields, tableFields } from './table-fields.ts'

/** The mapping as it may be used; fails with `bad_request` saying what is wrong with it. */
export function getMapping(preset: TablePreset, given: unknown): TableMapping {
  const mapping = given ?? { fields: {} }
  if (!Value.Check(TableMapping, mapping))
    throw new AppError('bad_request', 'The mapping is {"fields": {"order_id": "Order number", …}}.')
  const unknown = Object.keys(mapping.fields).filter((field) => !tableFields[preset].includes(field))
  if (unknown.length > 0)
    throw new AppError(
      'bad_request',
      `There is no field ${unknown.join(', ')}. Fields of ${preset}: ${tableFields[preset].join(', ')}.`,
    )
  const missing = findMissingFields(preset, mapping)
  if (missing.length > 0)
    throw new AppError('bad_request', `No column is chosen for ${missing.join(' and ')}.`, {
      details: { missing },
    })
  return mapping
}

/** Required fields that have no column. */
export function findMissingFields(preset: TablePreset, { fields, eventName }: TableMapping): string[] {
  return requiredFields[preset].filter(
    (field) => fields[field] === undefined && !(field === 'name' && eventName !== undefined),
  )
}
