import { AppError } from '../../../../kernel/errors.ts'
import { parseMoney } from '../../../../kernel/money.ts'
import type { Cell, InputFile } from '../import-stage.ts'
import { openTable } from '../read-stage.ts'
import { findColumns, textOf } from './required-columns.ts'

export const OLIST_CURRENCY = 'BRL'

export interface OlistCustomer {
  /** `customer_unique_id`: the person; `customer_id` is made anew for each order. */
  person: string
  city: string
  region: string
  /** The first of the person's rows: the one that says who they are. */
  isFirst: boolean
}

export interface OlistItem {
  product: string
  seller: string
  category: string
  /** What the product's card has: photos, and letters of its description; '' where the export doesn't say. */
  photos: string
  letters: string
  /** Minor units. */
  price: number
  freight: number
}

interface OlistProduct {
  category: string
  photos: string
  letters: string
}

export interface OlistPayment {
  sequence: string
  type: string
  installments: number
  /** As written. */
  value: string
  /** Minor units. */
  amount: number
}

/** The small tables that the orders refer to, in memory: some hundred bytes an order. */
export interface OlistLookups {
  customers: Map<string, OlistCustomer>
  items: Map<string, OlistItem[]>
  payments: Map<string, OlistPayment[]>
}

export interface OlistFiles {
  orders: InputFile
  customers: InputFile
  items?: InputFile
  payments?: InputFile
  reviews?: InputFile
  products?: InputFile
  categories?: InputFile
}

const NAMES: Record<keyof OlistFiles, RegExp> = {
  orders: /(^|_)orders(_dataset)?\.csv(\.gz)?$/i,
  customers: /(^|_)customers(_dataset)?\.csv(\.gz)?$/i,
  items: /(^|_)order_items(_dataset)?\.csv(\.gz)?$/i,
  payments: /(^|_)order_payments(_dataset)?\.csv(\.gz)?$/i,
  reviews: /(^|_)order_reviews(_dataset)?\.csv(\.gz)?$/i,
  products: /(^|_)products(_dataset)?\.csv(\.gz)?$/i,
  categories: /(^|_)category_name_translation\.csv(\.gz)?$/i,
}

/** Tells the tables apart by their names; fails with `unprocessable` naming what is missing. */
export function sortOlistFiles(files: readonly InputFile[]): OlistFiles {
  const found = Object.fromEntries(
    Object.entries(NAMES).flatMap(([key, name]) => {
      const file = files.find((one) => name.test(one.name))
      return file ? [[key, file]] : []
    }),
  ) as Partial<OlistFiles>
  const missing = (['orders', 'customers'] as const).filter((key) => !found[key])
  if (missing.length > 0)
    throw new AppError(
      'unprocessable',
      `These files are missing: ${missing.map((key) => `olist_${key}_dataset.csv`).join(', ')}. There are: ${files.map(({ name }) => name).join(', ') || 'none'}.`,
      { details: { missing } },
    )
  return found as OlistFiles
}

export async function readLookups(files: OlistFiles): Promise<OlistLookups> {
  const products = await readProducts(files)
  return {
    customers: await readCustomers(files.customers),
    items: await readItems(files.items, products),
    payments: await readPayments(files.payments),
  }
}

/** Columns of `extra` are read where the file has them. */
async function eachRow<const K extends string, const E extends string = never>(
  file: InputFile | undefined,
  needed: readonly K[],
  take: (row: Record<K, string> & Partial<Record<E, string>>) => void,
  extra: readonly E[] = [],
): Promise<void> {
  if (!file) return
  const table = await openTable(file)
  const there = extra.filter((name) => table.columns.some((column) => column.trim().toLowerCase() === name))
  const places = findColumns<K | E>(file.name, table.columns, [...needed, ...there])
  for await (const { rows } of table.batches) for (const { cells } of rows) take(pick(cells, places))
}

/** The named cells of a row, as trimmed texts. */
export function pick<K extends string>(cells: readonly Cell[], places: Record<K, number>): Record<K, string> {
  const row = {} as Record<K, string>
  for (const name in places) row[name] = textOf(cells[places[name]])
  return row
}

async function readCustomers(file: InputFile): Promise<OlistLookups['customers']> {
  const customers: OlistLookups['customers'] = new Map()
  const seen = new Set<string>()
  const needed = ['customer_id', 'customer_unique_id', 'customer_city', 'customer_state'] as const
  await eachRow(file, needed, (row) => {
    const person = row.customer_unique_id
    customers.set(row.customer_id, {
      person,
      city: row.customer_city,
      region: row.customer_state,
      isFirst: !seen.has(person),
    })
    seen.add(person)
  })
  return customers
}

async function readProducts({ products, categories }: OlistFiles): Promise<Map<string, OlistProduct>> {
  const english = new Map<string, string>()
  const found = new Map<string, OlistProduct>()
  await eachRow(categories, ['product_category_name', 'product_category_name_english'], (row) =>
    english.set(row.product_category_name, row.product_category_name_english),
  )
  // “lenght” is how the export writes it.
  const card = ['product_photos_qty', 'product_description_lenght'] as const
  await eachRow(
    products,
    ['product_id', 'product_category_name'],
    (row) => {
      const name = row.product_category_name
      const category = english.get(name) ?? name
      const [photos = '', letters = ''] = card.map((column) => row[column] ?? '')
      found.set(row.product_id, { category, photos, letters })
    },
    card,
  )
  return found
}

const UNKNOWN_PRODUCT: OlistProduct = { category: '', photos: '', letters: '' }

async function readItems(
  file: InputFile | undefined,
  products: Map<string, OlistProduct>,
): Promise<OlistLookups['items']> {
  const items: OlistLookups['items'] = new Map()
  await eachRow(file, ['order_id', 'product_id', 'seller_id', 'price', 'freight_value'], (row) =>
    push(items, row.order_id, {
      product: row.product_id,
      seller: row.seller_id,
      ...(products.get(row.product_id) ?? UNKNOWN_PRODUCT),
      price: toMinor(row.price),
      freight: toMinor(row.freight_value),
    }),
  )
  return items
}

async function readPayments(file: InputFile | undefined): Promise<OlistLookups['payments']> {
  const payments: OlistLookups['payments'] = new Map()
  const needed = [
    'order_id',
    'payment_sequential',
    'payment_type',
    'payment_installments',
    'payment_value',
  ] as const
  await eachRow(file, needed, (row) =>
    push(payments, row.order_id, {
      sequence: row.payment_sequential,
      type: row.payment_type,
      installments: Number(row.payment_installments) || 0,
      value: row.payment_value,
      amount: toMinor(row.payment_value),
    }),
  )
  return payments
}

function push<T>(map: Map<string, T[]>, key: string, value: T): void {
  const known = map.get(key)
  if (known) known.push(value)
  else map.set(key, [value])
}

function toMinor(text: string): number {
  const parsed = parseMoney(text, OLIST_CURRENCY)
  return parsed.ok ? parsed.minor : 0
}
