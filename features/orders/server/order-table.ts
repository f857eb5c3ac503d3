import { bigint, date, integer, jsonb, pgTable, primaryKey, text, timestamp, uuid } from 'drizzle-orm/pg-core'
import type {
  OrderEnding,
  OrderFlag,
  OrderItem,
  OrderPayment,
  OrderPromise,
  OrderState,
  OrderStep,
} from '../contract.ts'
import type { FactData } from './order-fact.ts'
import type { FactKind } from './order-states.ts'

const instant = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })
const minor = (name: string) => bigint(name, { mode: 'number' })

export const orderFacts = pgTable(
  'order_facts',
  {
    shop: integer('shop').notNull(),
    order: text('order_id').notNull(),
    messageHash: uuid('message_hash').notNull(),
    kind: text('kind').$type<FactKind>().notNull(),
    name: text('name').notNull(),
    at: instant('at').notNull(),
    identity: uuid('identity'),
    source: integer('source').notNull(),
    data: jsonb('data').$type<FactData>().notNull(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.order, table.messageHash] })],
)

export const orders = pgTable(
  'orders',
  {
    shop: integer('shop').notNull(),
    id: text('id').notNull(),
    identity: uuid('identity'),
    source: integer('source').notNull(),
    state: text('state').$type<OrderState>(),
    ending: text('ending').$type<OrderEnding>(),
    orderedAt: instant('ordered_at').notNull(),
    orderedOn: date('ordered_on', { mode: 'string' }).notNull(),
    paidAt: instant('paid_at'),
    promisedOn: date('promised_on', { mode: 'string' }),
    promisedLastOn: date('promised_last_on', { mode: 'string' }),
    arrivedOn: date('arrived_on', { mode: 'string' }),
    lateDays: integer('late_days'),
    amount: minor('amount'),
    paidAmount: minor('paid_amount'),
    discount: minor('discount'),
    shipping: minor('shipping'),
    tax: minor('tax'),
    currency: text('currency').notNull(),
    paymentMethod: text('payment_method'),
    region: text('region'),
    steps: jsonb('steps').$type<OrderStep[]>().notNull(),
    promises: jsonb('promises').$type<OrderPromise[]>().notNull(),
    payments: jsonb('payments').$type<OrderPayment[]>().notNull(),
    flags: jsonb('flags').$type<OrderFlag[]>().notNull(),
    items: jsonb('items').$type<OrderItem[]>().notNull(),
    extra: jsonb('extra').$type<Record<string, unknown>>().notNull(),
    timeZone: text('time_zone').notNull(),
    foldVersion: integer('fold_version').notNull(),
    erasedAt: instant('erased_at'),
    updatedAt: instant('updated_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.shop, table.id] })],
)

export type OrderRow = typeof orders.$inferSelect
