import type { OrderItem } from '../contract.ts'
import { isObject, readAmount, readText, type Values } from './read-properties.ts'

const MAX_ITEMS = 500
const OWN_FIELDS = new Set([
  'product_id',
  'id',
  'sku',
  'name',
  'category',
  'quantity',
  'price',
  'url',
  'image_url',
])

/** Segment's `products` as order lines; unknown fields of a line are kept in `extra`. */
export function readItems(products: unknown, currency: string): OrderItem[] | undefined {
  if (!Array.isArray(products) || products.length === 0) return undefined
  return products
    .slice(0, MAX_ITEMS)
    .filter(isObject)
    .map((product) => readItem(product, currency))
}

function readItem(product: Values, currency: string): OrderItem {
  const quantity = Number(product.quantity ?? 1)
  const extra = Object.entries(product).filter(([key, value]) => !OWN_FIELDS.has(key) && value !== null)
  const item: OrderItem = {
    id: readText(product.product_id ?? product.id) ?? null,
    sku: readText(product.sku) ?? null,
    name: readText(product.name) ?? null,
    category: readText(product.category) ?? null,
    quantity: Number.isFinite(quantity) && quantity > 0 ? quantity : 1,
    price: readAmount(product.price, currency) ?? null,
  }
  return extra.length === 0 ? item : { ...item, extra: Object.fromEntries(extra) }
}
