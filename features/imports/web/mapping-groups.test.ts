import { describe, expect, it } from 'vitest'
import type { FieldPreview } from '../contract.ts'
import { groupFields, listUnused } from './mapping-groups.ts'

const field = (name: string, column: string | null, isRequired = false): FieldPreview => ({
  field: name,
  isRequired,
  column,
  why: column ? 'name' : null,
  confidence: column ? 1 : null,
})
const names = (fields: FieldPreview[]) => fields.map((one) => one.field)

describe('the fields of a table', () => {
  it('stand in the order of an owner, and what the file lacks and nobody needs is folded away', () => {
    const fields = [
      field('city', 'City'),
      field('shipped_at', null),
      field('placed_at', 'Date'),
      field('email', null),
      field('received_at', 'Delivered'),
      field('order_id', null, true),
    ]
    const groups = groupFields(fields, {})
    expect(groups.map(({ key, shown, folded }) => [key, names(shown), names(folded)])).toEqual([
      ['what', ['order_id', 'placed_at'], []],
      ['who', [], ['email']],
      ['steps', ['received_at'], ['shipped_at']],
      ['more', ['city'], []],
    ])
  })

  it('are shown once a column was chosen for them', () => {
    const [who] = groupFields([field('email', null)], { email: 'Contact' })
    expect(who).toMatchObject({ key: 'who', folded: [] })
  })

  it('that are new to this page are shown among the others, not lost', () => {
    expect(groupFields([field('gift_wrap', 'Gift')], {})).toMatchObject([{ key: 'more', folded: [] }])
  })
})

it('the columns that no field takes are listed', () => {
  expect(listUnused(['Id', 'Date', 'Note'], { order_id: 'Id', placed_at: 'Date', paid_at: 'Date' })).toEqual([
    'Note',
  ])
})
