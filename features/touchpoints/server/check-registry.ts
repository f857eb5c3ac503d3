import { isChannel } from '../../../kernel/channels.ts'
import { AppError } from '../../../kernel/errors.ts'
import { type FilterProblem, parseFilter } from '../../../kernel/filter/parse-filter.ts'
import type { Condition, Filter } from '../../../kernel/filter/schema.ts'
import { cleanText } from '../../../kernel/text.ts'
import type { RegistryContent, RegistryProblem, Touchpoint } from '../contract.ts'

/** What rules may not ask for: they decide it. */
const DERIVED = ['arrival', 'touchpoint', 'stage', 'measure', 'measured']
/** Of all rules together: what a statement over the history can hold. */
const MAX_CONDITIONS = 2_500
const MAX_PROBLEMS = 20

/** The registry with clean texts; fails with `validation_failed` and the place of every mistake. */
export function getCheckedContent(given: RegistryContent): RegistryContent {
  const problems = listProblems(given)
  const [first] = problems
  if (first) {
    const message = `The touchpoints have a mistake at “${first.path}”: ${first.message}`
    throw new AppError('validation_failed', message, { details: problems })
  }
  return {
    stages: given.stages.map(({ key, name }) => ({ key, name: cleanName(name) })),
    touchpoints: given.touchpoints.map((one) => ({ ...one, name: cleanName(one.name) })),
  }
}

export function listProblems({ stages, touchpoints }: RegistryContent): RegistryProblem[] {
  const stageKeys = new Set(stages.map(({ key }) => key))
  const problems = [
    ...(stages.length === 0 ? [{ path: '/stages', message: 'A path has at least one stage.' }] : []),
    ...listRepeats(stages, '/stages'),
    ...listRepeats(touchpoints, '/touchpoints'),
    ...touchpoints.flatMap((one, index) =>
      listTouchpointProblems(one, stageKeys).map(({ path, message }) => ({
        path: `/touchpoints/${index}${path}`,
        message,
      })),
    ),
    ...findOverload(touchpoints),
  ]
  return problems.slice(0, MAX_PROBLEMS)
}

function listRepeats(items: readonly { key: string }[], path: string): RegistryProblem[] {
  const seen = new Set<string>()
  return items.flatMap(({ key }, index) => {
    const isRepeat = seen.has(key)
    seen.add(key)
    return isRepeat
      ? [{ path: `${path}/${index}/key`, message: `“${key}” is there twice; each needs a key of its own.` }]
      : []
  })
}

function listTouchpointProblems(touchpoint: Touchpoint, stages: ReadonlySet<string>): RegistryProblem[] {
  const places = ['stage', 'stageWhileOrdered', 'stageAfterReceipt'] as const
  return [
    ...places.flatMap((field) => {
      const key = touchpoint[field]
      return key === null || stages.has(key)
        ? []
        : [{ path: `/${field}`, message: `There is no stage “${key}”.` }]
    }),
    ...(isChannel(touchpoint.channel)
      ? []
      : [{ path: '/channel', message: `“${cleanText(touchpoint.channel).slice(0, 60)}” is no channel.` }]),
    ...listRuleProblems(touchpoint.rule).map(({ path, message }) => ({ path: `/rule${path}`, message })),
    ...listStandardProblems(touchpoint),
  ]
}

function listRuleProblems(rule: unknown): FilterProblem[] {
  if (rule === null) return []
  const parsed = parseFilter(rule)
  if (!parsed.ok) return parsed.problems
  return listConditions(rule as Filter, '').flatMap(({ path, condition }) =>
    DERIVED.includes(condition.field)
      ? [
          {
            path: `${path}/field`,
            message: `“${condition.field}” is what rules decide, so they can’t ask for it.`,
          },
        ]
      : [],
  )
}

function listConditions(filter: Filter, path: string): { path: string; condition: Condition }[] {
  if ('not' in filter) return listConditions(filter.not, `${path}/not`)
  if ('all' in filter) return filter.all.flatMap((part, at) => listConditions(part, `${path}/all/${at}`))
  if ('any' in filter) return filter.any.flatMap((part, at) => listConditions(part, `${path}/any/${at}`))
  return [{ path, condition: filter }]
}

function listStandardProblems({ standards }: Touchpoint): RegistryProblem[] {
  return standards.flatMap(({ measure, direction, good, bad }, index) => {
    const path = `/standards/${index}`
    if (standards.findIndex((one) => one.measure === measure) < index)
      return [{ path: `${path}/measure`, message: `“${measure}” is measured twice here.` }]
    if (direction === 'at_most' ? good > bad : good < bad)
      return [{ path: `${path}/bad`, message: 'What is bad can’t be better than what is good.' }]
    return []
  })
}

function findOverload(touchpoints: readonly Touchpoint[]): RegistryProblem[] {
  const conditions = touchpoints.reduce(
    (sum, { rule }) =>
      sum + (rule !== null && parseFilter(rule).ok ? listConditions(rule as Filter, '').length : 0),
    0,
  )
  return conditions <= MAX_CONDITIONS
    ? []
    : [
        {
          path: '/touchpoints',
          message: `All rules together have ${conditions} conditions; ${MAX_CONDITIONS} are possible. Take lists (“in”) instead of many conditions.`,
        },
      ]
}

/** A name of nothing but blanks is no name. */
function cleanName(name: Touchpoint['name']): Touchpoint['name'] {
  if (name === null) return null
  const entries = Object.entries(name).map(([language, text]) => [language, cleanText(text).trim()] as const)
  const filled = entries.filter(([, text]) => text !== '')
  return filled.length === 0 ? null : Object.fromEntries(filled)
}
