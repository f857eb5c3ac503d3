import type { Condition, Definition } from '../contract.ts'

/** A definition as the editor shows it: every group has a mode, and `none` is how "not" is written. */
export type Group = { mode: 'all' | 'any' | 'none'; parts: Part[] }
export type Part = Group | Condition

/** Where a part stands: the places in the groups on the way to it, from the root. */
export type Path = readonly number[]

export const isGroup = (part: Part): part is Group => 'mode' in part

export function toPart(definition: Definition): Part {
  if ('about' in definition) return definition
  if ('all' in definition) return { mode: 'all', parts: definition.all.map(toPart) }
  if ('any' in definition) return { mode: 'any', parts: definition.any.map(toPart) }
  const inner = definition.not
  return 'any' in inner
    ? { mode: 'none', parts: inner.any.map(toPart) }
    : { mode: 'none', parts: [toPart(inner)] }
}

/** The root is a group always, so that there is somewhere to add. */
export function toGroup(definition: Definition): Group {
  const part = toPart(definition)
  return isGroup(part) ? part : { mode: 'all', parts: [part] }
}

export function toDefinition(part: Part): Definition {
  if (!isGroup(part)) return part
  const parts = part.parts.map(toDefinition)
  if (part.mode === 'none') return { not: { any: parts } }
  return part.mode === 'all' ? { all: parts } : { any: parts }
}

/** The same tree with one part replaced, or removed where `change` gives nothing. */
export function changeAt(
  group: Group,
  [index, ...rest]: Path,
  change: (part: Part) => Part | undefined,
): Group {
  if (index === undefined) {
    const changed = change(group)
    return changed && isGroup(changed) ? changed : group
  }
  const parts = group.parts.flatMap((part, at) => {
    if (at !== index) return [part]
    const next = rest.length === 0 ? change(part) : isGroup(part) ? changeAt(part, rest, change) : part
    return next === undefined ? [] : [next]
  })
  return { ...group, parts }
}

/** The same tree with a part put at the end of the group at `path`. */
export function addAt(group: Group, path: Path, part: Part): Group {
  return changeAt(group, path, (found) =>
    isGroup(found) ? { ...found, parts: [...found.parts, part] } : found,
  )
}

/** As the server counts them: a group without parts says something too. */
export function countConditions(part: Part): number {
  if (!isGroup(part) || part.parts.length === 0) return 1
  return part.parts.reduce((sum, one) => sum + countConditions(one), 0)
}
