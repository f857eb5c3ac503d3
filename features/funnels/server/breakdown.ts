import { AppError } from '../../../kernel/errors.ts'
import { readField } from '../../../kernel/filter/fields.ts'
import { BREAKDOWN_COLUMNS } from '../vocabulary.ts'

/** How a person comes to a value: SQL of an event's value, of the person's, and what else must be read for it. */
export interface Breakdown {
  ofEvent: string
  ofPerson: string
  needs: string
  params: Record<string, unknown>
}

/**
 * By a field of the event that was the person's first step (the first one that has it), or by a trait: what was said of it last in the
 * time looked at. Persons of whom it isn't known have the value ''. Fails with `validation_failed` for a field that there isn't.
 */
export function readBreakdown(by: string): Breakdown {
  if ((BREAKDOWN_COLUMNS as readonly string[]).includes(by)) return ofStep(`toString(${by})`, {})
  const field = readField(by)
  if (typeof field === 'string' || field.kind !== 'json')
    throw new AppError(
      'validation_failed',
      `A funnel can't be broken down by “${by}”. Use ${BREAKDOWN_COLUMNS.join(', ')}, or a path such as traits.city.`,
    )
  const params = Object.fromEntries(field.path.map((key, index) => [`by_${index}`, key]))
  const path = field.path.map((_, index) => `{by_${index}:String}`).join(', ')
  // Numbers and yes or no are told as they are written; texts without their quotes.
  const raw = `JSONExtractRaw(${field.column}, ${path})`
  const value = `if(JSONType(${field.column}, ${path}) = 'String', JSONExtractString(${field.column}, ${path}), if(${raw} = 'null', '', ${raw}))`
  if (field.column !== 'traits') return ofStep(value, params)
  return {
    ofEvent: value,
    ofPerson: "argMaxIf(e.value, (e.at, e.value), e.value != '')",
    needs: "kind = 'identify'",
    params,
  }
}

const ofStep = (value: string, params: Record<string, unknown>): Breakdown => ({
  ofEvent: value,
  ofPerson:
    "argMinIf(e.value, (e.at, e.value), bitTest(e.mask, 0) AND e.at <= {span:Int64} AND e.value != '')",
  needs: '',
  params,
})
