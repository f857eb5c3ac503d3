import type { CheckedFilter } from '../../../../kernel/filter/checked.ts'
import { type Asked, toTest } from '../../../../kernel/filter/to-predicate.ts'

/** What a filter says of an event of which only the path is known; undefined where more must be asked. */
export type PathTest = (asked: Asked) => boolean | undefined

export function isOfPath(condition: CheckedFilter): boolean {
  if (condition.type !== 'text' && condition.type !== 'exists') return false
  return condition.of.kind === 'text' && condition.of.column === 'path'
}

export function toPathTest(filter: CheckedFilter): PathTest {
  if (filter.type === 'not') {
    const test = toPathTest(filter.part)
    return (asked) => {
      const said = test(asked)
      return said === undefined ? undefined : !said
    }
  }
  if (filter.type === 'all' || filter.type === 'any') return toGroupTest(filter)
  return isOfPath(filter) ? toTest(filter) : () => undefined
}

function toGroupTest({ type, parts }: Extract<CheckedFilter, { type: 'all' | 'any' }>): PathTest {
  const tests = parts.map(toPathTest)
  /** One part of this answer settles the group, whatever the others say. */
  const settling = type === 'any'
  return (asked) => {
    let isOpen = false
    for (const test of tests) {
      const said = test(asked)
      if (said === settling) return settling
      if (said === undefined) isOpen = true
    }
    return isOpen ? undefined : !settling
  }
}
