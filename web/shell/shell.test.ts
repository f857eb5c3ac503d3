import { expect, it } from 'vitest'
import { initialsOf } from './initials.ts'
import { navigation, settingsTabs, visibleTo } from './navigation.ts'

const keysFor = (role: 'owner' | 'viewer') =>
  [navigation, settingsTabs].map((entries) =>
    visibleTo(role, entries as typeof navigation).map(({ key }) => key),
  )

it('shows an owner everything and a viewer what viewers may open', () => {
  expect(keysFor('owner')).toEqual([
    [
      'today',
      'map',
      'people',
      'orders',
      'touchpoints',
      'segments',
      'reports',
      'decisions',
      'reviews',
      'debugger',
      'imports',
      'start',
      'settings',
    ],
    ['shop', 'members', 'keys', 'start', 'hours', 'audit', 'account'],
  ])
  expect(keysFor('viewer')).toEqual([
    [
      'today',
      'map',
      'people',
      'orders',
      'touchpoints',
      'segments',
      'reports',
      'decisions',
      'reviews',
      'settings',
    ],
    ['members', 'account'],
  ])
})

it.each([
  ['Мира Коваль', 'МК'],
  ['mira@lypa.example', 'M'],
  ['  Анна   Мария  Сидоренко ', 'АМ'],
  ['😀 Смайл', '😀С'],
  ['', ''],
])('%s is shown as %s', (name, initials) => {
  expect(initialsOf(name)).toBe(initials)
})
