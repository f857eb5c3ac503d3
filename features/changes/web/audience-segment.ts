import type { Definition } from '../../segments/contract.ts'

/**
 * The persons of an audience as a segment, so that every report can be asked of them; undefined for new and returning,
 * which are told week by week. Of an age only those are known who were asked.
 */
export function audienceSegment(audience: string): Definition | undefined {
  const at = audience.indexOf(':')
  const [dimension, value] = [audience.slice(0, at), audience.slice(at + 1)]
  const touch = (by: 'touchpoint' | 'source', one: string): Definition => ({
    about: 'touch',
    which: 'first',
    by,
    values: [one],
  })
  const property = (name: string, field: string): Definition => ({
    about: 'event',
    which: { name, where: { field, op: 'equals', value } },
    times: { how: 'at_least', n: 1 },
  })
  switch (dimension) {
    case 'device':
      return value === 'phone' || value === 'computer' ? { about: 'device', is: value } : undefined
    case 'source':
      return value === 'direct' ? undefined : touch('touchpoint', value)
    case 'origin': {
      const slash = value.indexOf('/')
      return {
        all: [touch('touchpoint', value.slice(0, slash)), touch('source', value.slice(slash + 1))],
      }
    }
    case 'region':
      return property('Order Completed', 'properties.region')
    case 'category':
      return property('Product Viewed', 'properties.category')
    case 'city':
      return { about: 'trait', where: { field: 'traits.city', op: 'equals', value } }
    case 'age':
      return { about: 'trait', where: { field: 'traits.age_group', op: 'equals', value } }
    default:
      return undefined
  }
}

/** Whether two definitions are of the same conditions, however the store or the editor wrote them. */
export function isSameDefinition(a: Definition, b: Definition): boolean {
  return write(unwrap(a)) === write(unwrap(b))
}

/** The editor's root is a group always, even of one part. */
function unwrap(definition: Definition): Definition {
  const [only, ...others] = 'all' in definition ? definition.all : []
  return only && others.length === 0 ? unwrap(only) : definition
}

const write = (definition: Definition) =>
  JSON.stringify(definition, (_, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)))
      : value,
  )
