import { AppError } from '../../../../kernel/errors.ts'
import type { MergePreview } from '../../contract.ts'
import { factsOf } from '../linking/link-state.ts'
import { deriveProfile } from '../linking/profile.ts'
import type { Traits } from '../linking/traits.ts'
import { describePeople, type Stores } from '../list/describe-people.ts'
import { getHeldPerson, type HeldPerson } from './held-person.ts'
import { areSeparated } from './merge-persons.ts'

const SHOWN_IDENTITIES = 50

/** What a merge would do, before it is done. */
export async function previewMerge(
  stores: Stores,
  shop: number,
  fromId: string,
  intoId: string,
): Promise<MergePreview> {
  const [from, into] = await Promise.all([
    getHeldPerson(stores, shop, fromId),
    getHeldPerson(stores, shop, intoId),
  ])
  if (from.id === into.id) throw new AppError('conflict', 'This is one person already.')
  const [described, events, apart] = await Promise.all([
    describePeople(stores, shop, [from.id, into.id]),
    countEvents(stores, shop, from),
    areSeparated(stores.db, shop, listIds(from), listIds(into)),
  ])
  const [fromItem, intoItem] = described as [MergePreview['from'], MergePreview['into']]
  return {
    from: fromItem,
    into: intoItem,
    moves: {
      identities: from.identities
        .slice(0, SHOWN_IDENTITIES)
        .map(({ kind, value, identity }) => ({ kind, value, identity })),
      identityCount: from.identities.length,
      events,
      orders: fromItem.orders.orders,
    },
    traits: compareTraits(deriveProfile(from.identities).traits, deriveProfile(into.identities).traits),
    conflicts: findConflicts(from, into, apart),
  }
}

function listIds({ identities }: HeldPerson): string[] {
  return identities.map(({ identity }) => identity)
}

async function countEvents({ clickhouse }: Stores, shop: number, person: HeldPerson): Promise<number> {
  const [row] = await clickhouse.query<{ events: number }>(
    'SELECT count() AS events FROM events FINAL WHERE shop = {shop:UInt32} AND identity IN {identities:Array(UUID)}',
    { params: { shop, identities: listIds(person) } },
  )
  return row?.events ?? 0
}

/** Traits of the person who goes, and whether the merged person has them: only those that the other one lacks. */
export function compareTraits(from: Traits, into: Traits): MergePreview['traits'] {
  return Object.entries(from)
    .map(([name, trait]) => {
      const other = Object.hasOwn(into, name) ? into[name] : undefined
      const isSame = other !== undefined && JSON.stringify(other.value) === JSON.stringify(trait.value)
      return isSame
        ? undefined
        : { name, from: trait.value, ...(other && { into: other.value }), isFromKept: other === undefined }
    })
    .filter((line) => line !== undefined)
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function findConflicts(from: HeldPerson, into: HeldPerson, areApart: boolean): MergePreview['conflicts'] {
  const [a, b] = [factsOf(from.identities), factsOf(into.identities)]
  const conflicts: MergePreview['conflicts'] = []
  if (a.users > 0 && b.users > 0) conflicts.push('different_users')
  if (a.emails > 0 && b.emails > 0) conflicts.push('different_emails')
  if (areApart) conflicts.push('told_apart')
  return conflicts
}
