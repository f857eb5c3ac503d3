import { expect, test } from 'vitest'
import type { Definition } from '../contract.ts'
import { addAt, changeAt, countConditions, isGroup, toDefinition, toGroup } from './tree.ts'

const known = { about: 'known', is: true } as const
const phone = { about: 'device', is: 'phone' } as const

test('a definition comes back as it was, but for the group around a single condition', () => {
  const definition: Definition = { all: [known, { any: [phone, { not: { any: [known, phone] } }] }] }
  expect(toDefinition(toGroup(definition))).toEqual(definition)
  expect(toDefinition(toGroup(phone))).toEqual({ all: [phone] })
})

test('“not” is a group of which nothing may hold', () => {
  expect(toGroup({ not: phone })).toEqual({ mode: 'none', parts: [phone] })
  expect(toDefinition(toGroup({ not: { all: [known, phone] } }))).toEqual({
    not: { any: [{ all: [known, phone] }] },
  })
})

test('parts are added, changed and removed by their place, and nothing else is touched', () => {
  const before = toGroup({ all: [known, { any: [phone] }] })
  const added = addAt(before, [1], known)
  expect(toDefinition(added)).toEqual({ all: [known, { any: [phone, known] }] })
  const changed = changeAt(added, [1, 0], () => ({ about: 'device', is: 'computer' }))
  expect(toDefinition(changed)).toEqual({
    all: [known, { any: [{ about: 'device', is: 'computer' }, known] }],
  })
  expect(toDefinition(changeAt(changed, [1], () => undefined))).toEqual({ all: [known] })
  expect(toDefinition(before)).toEqual({ all: [known, { any: [phone] }] })
  expect(countConditions(changed)).toBe(3)
  expect(countConditions(toGroup({ all: [known, { any: [] }] }))).toBe(2)
  const mode = changeAt(before, [], (root) => (isGroup(root) ? { ...root, mode: 'none' } : root))
  expect(mode.mode).toBe('none')
})
