import { toCsvLine } from '../../../../kernel/csv.ts'
import type { PersonListItem } from '../../contract.ts'
import type { Stores } from './describe-people.ts'
import { listPeople, type PeopleListRequest } from './list-people.ts'

// Each page walks the identities of the shop once, so pages are large.
const PAGE = 2_000
/** Spreadsheet programs take a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\ufeff'

const COLUMNS: readonly (readonly [
  name: string,
  read: (person: PersonListItem) => string | number | null,
])[] = [
  ['person_id', ({ id }) => id],
  ['name', ({ name }) => name],
  ['email', ({ email }) => email],
  ['phone', ({ phone }) => phone],
  ['known', ({ isKnown }) => (isKnown ? 'yes' : 'no')],
  ['first_seen', ({ firstSeenAt }) => firstSeenAt],
  ['last_seen', ({ lastSeenAt }) => lastSeenAt],
  ['first_channel', ({ firstChannel }) => firstChannel],
  ['orders', ({ orders }) => orders.orders],
  ['orders_ended', ({ orders }) => orders.ended],
  ['orders_bought_out', ({ orders }) => orders.boughtOut],
]

/** The list as CSV, page by page, so that a large shop's export needs no memory. */
export async function* exportPeople(
  stores: Stores,
  request: Omit<PeopleListRequest, 'cursor' | 'limit'>,
): AsyncGenerator<string> {
  yield BYTE_ORDER_MARK + toCsvLine(COLUMNS.map(([name]) => name))
  let cursor: string | undefined
  do {
    const { items, nextCursor } = await listPeople(stores, { ...request, cursor, limit: PAGE })
    yield items.map((person) => toCsvLine(COLUMNS.map(([, read]) => read(person)))).join('')
    cursor = nextCursor ?? undefined
  } while (cursor !== undefined)
}
