import { toCsvLine } from '../../../kernel/csv.ts'
import { findMinorDigits } from '../../../kernel/currencies.ts'
import { formatDecimal } from '../../../kernel/money.ts'
import type { ShopContext } from '../../../platform/http/access.ts'
import type { Deps } from '../../../platform/room.ts'
import { findPersonNames } from '../../people/server/reads.ts'
import { listAllCalls } from './list-calls.ts'

/** Spreadsheet programs take a file for UTF-8 only when it begins with this. */
const BYTE_ORDER_MARK = '\ufeff'
const HEAD = ['person_id', 'name', 'phone', 'email', 'reason', 'since', 'order_id', 'value', 'amount']
const TAIL = ['currency', 'called_by', 'called_at']

/** Everybody to call and called, a line for each trouble, with the ways to reach them. */
export async function writeCallsCsv(deps: Deps, shop: ShopContext): Promise<string> {
  const { calls } = await listAllCalls(deps, shop)
  const names = await findPersonNames(
    deps.db,
    shop.id,
    calls.map(({ person }) => person.id),
  )
  const lines = calls.flatMap(({ person, troubles, amount, currency, called }) => {
    const name = names.get(person.id)
    // Erased a moment ago.
    if (!name) return []
    const { label, phone, email } = name
    return troubles.map(({ reason, since, orderId, value }) => {
      const money =
        amount === null || findMinorDigits(currency) === undefined ? amount : formatDecimal(amount, currency)
      return toCsvLine([
        ...[person.id, label, phone, email, reason, since, orderId, value, money],
        ...[currency, called?.by, called?.at],
      ])
    })
  })
  return BYTE_ORDER_MARK + toCsvLine([...HEAD, ...TAIL]) + lines.join('')
}
