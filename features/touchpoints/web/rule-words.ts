import { isChannel } from '../../../kernel/channels.ts'
import type { Condition, Filter, FilterValue } from '../../../kernel/filter/schema.ts'
import type { Touchpoint } from '../contract.ts'

export type Say = (key: string, values?: Record<string, unknown>) => string

/** A rule in words: for reading at a glance, so that what says the same in two ways is said once. */
export function sayRule({ rule }: Touchpoint, t: Say): string {
  if (rule === null) return t('rule.named')
  try {
    return sayFilter(rule as Filter, t, 0)
  } catch {
    return t('rule.unreadable')
  }
}

function sayFilter(filter: Filter, t: Say, depth: number): string {
  if ('not' in filter) return t('rule.not', { what: sayFilter(filter.not, t, depth + 1) })
  if ('field' in filter) return sayCondition(filter, t)
  if (isOfPage(filter)) return t('rule.page')
  const isAll = 'all' in filter
  const parts = isAll ? filter.all : filter.any
  if (parts.length === 0) return t(isAll ? 'rule.everything' : 'rule.nothing')
  const paths = isAll ? [] : parts.filter(isPathPattern)
  const others = paths.length < 2 ? parts : parts.filter((part) => !isPathPattern(part))
  const said = [
    ...others.map((part) => sayFilter(part, t, depth + 1)),
    ...(paths.length < 2 ? [] : [sayPaths(paths, t)]),
  ].join(isAll ? t('rule.and') : t('rule.or'))
  return depth > 0 && parts.length > 1 ? `(${said})` : said
}

/** A page view or what was measured of one: nobody needs to read that every time. */
function isOfPage(filter: Filter): boolean {
  if (!('any' in filter) || filter.any.length !== 2) return false
  const [kind, name] = filter.any
  if (!kind || !name || !('field' in kind) || !('field' in name)) return false
  return kind.field === 'kind' && kind.value === 'page' && String(name.value) === 'Page Measured'
}

function isPathPattern(filter: Filter): filter is Condition {
  return 'field' in filter && filter.field === 'path' && filter.op === 'matches'
}

/** `/cart` at the end and in the middle of an address is "cart" as a step of the address. */
function sayPaths(paths: readonly Condition[], t: Say): string {
  const steps = paths.map(({ value }) =>
    String(value)
      .replace(/^\*/, '')
      .replace(/\/\??\*$/, ''),
  )
  return t('rule.paths', { value: [...new Set(steps)].join(', ') })
}

function sayCondition({ field, op, value }: Condition, t: Say): string {
  const name = sayField(field, t)
  return t(`say.${op}`, { field: name, value: sayValue(field, value, t) })
}

export function sayField(field: string, t: Say): string {
  const [column, ...path] = field.split('.')
  return path.length > 0
    ? t(`fields.${column}`, { path: path.join('.') })
    : t(`fields.${field}`, { defaultValue: field })
}

function sayValue(field: string, value: FilterValue | undefined, t: Say): string {
  const list = (Array.isArray(value) ? value : [value]).filter((one) => one !== undefined)
  const say = (one: unknown) =>
    field === 'channel' && isChannel(String(one))
      ? t(`channels:${one}`)
      : field === 'kind'
        ? t(`kinds.${one}`, { defaultValue: String(one) })
        : `«${one}»`
  return list.map(say).join(', ')
}
