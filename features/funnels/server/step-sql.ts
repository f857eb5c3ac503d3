import { getFilter } from '../../../kernel/filter/parse-filter.ts'
import { toClickhouse } from '../../../kernel/filter/to-clickhouse.ts'
import { listEventNames } from '../../orders/server/reads.ts'
import type { FunnelStep } from '../contract.ts'

/** Events about a contact that are none themselves: only a step that names them is made by them. */
export const MEASUREMENT_EVENTS = ['Standard Measured', 'Page Measured']

/** SQL: an event's name as the orders room reads it. */
export const orderName = "trimBoth(replaceRegexpAll(lower(name), '[\\\\s_-]+', ' '))"

export interface StepSql {
  sql: string
  params: Record<string, unknown>
}

/** SQL: the event is one of those that make the step. Its parameters begin with `step_<place>_`. */
export function stepSql(step: FunnelStep, place: number): StepSql {
  const prefix = `step_${place}_`
  const params: Record<string, unknown> = {}
  const bind = (key: string, value: unknown, type: string) => {
    params[prefix + key] = value
    return `{${prefix}${key}:${type}}`
  }
  const { touchpoint, stage, name, state, where } = step
  const parts: string[] = []
  if (name !== undefined) parts.push(`name = ${bind('name', name, 'String')}`)
  else parts.push('name NOT IN {measurements:Array(String)}')
  if (touchpoint !== undefined) {
    const key = bind('touchpoint', touchpoint, 'String')
    parts.push(`(touchpoint = ${key} OR arrival = ${key})`)
  }
  if (stage !== undefined) parts.push(`stage = ${bind('stage', stage, 'String')}`)
  if (state !== undefined) {
    const names = listEventNames(state === 'paid' ? ['paid', 'payment'] : [state])
    parts.push(`order_id != '' AND ${orderName} IN ${bind('names', names, 'Array(String)')}`)
  }
  if (where !== undefined) {
    const filter = toClickhouse(getFilter(where), { prefix: `${prefix}f_` })
    Object.assign(params, filter.params)
    parts.push(filter.sql)
  }
  return { sql: `(${parts.join(' AND ')})`, params }
}
