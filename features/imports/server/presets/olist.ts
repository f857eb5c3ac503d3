import { parseTime } from '../../../../kernel/parse-time.ts'
import { formatDay, localDay } from '../../../../kernel/time.ts'
import {
  type ImportStage,
  type InputFile,
  type Message,
  type Preset,
  type RowTrouble,
  trouble,
} from '../import-stage.ts'
import { openTable } from '../read-stage.ts'
import { type OlistLookups, pick, readLookups, sortOlistFiles } from './olist-lookups.ts'
import { type OlistOrder, writeOrder } from './olist-order.ts'
import { findColumns } from './required-columns.ts'

/**
 * The public data set of the marketplace Olist: a folder of eight tables. Orders come with every dated step, what was
 * promised and paid, reviews as answers to the question how content one is.
 */
export const olist: Preset = {
  timeZone: 'America/Sao_Paulo',
  async prepare(files, { timeZone }) {
    const tables = sortOlistFiles(files)
    const lookups = await readLookups(tables)
    const people = new Map<string, string>()
    const stages = [ordersStage(tables.orders, lookups, timeZone)]
    if (tables.reviews) {
      await readPeopleOfOrders(tables.orders, lookups, people)
      stages.push(reviewsStage(tables.reviews, people, timeZone))
    }
    return stages
  },
}

const ORDER_COLUMNS = [
  'order_id',
  'customer_id',
  'order_status',
  'order_purchase_timestamp',
  'order_approved_at',
  'order_delivered_carrier_date',
  'order_delivered_customer_date',
  'order_estimated_delivery_date',
] as const

function ordersStage(file: InputFile, lookups: OlistLookups, zone: string): ImportStage {
  return {
    file,
    compile(columns) {
      const places = findColumns(file.name, columns, ORDER_COLUMNS)
      return (cells) => {
        const order = readOrder(pick(cells, places), lookups, zone)
        return isTroubled(order) ? order : writeOrder(order)
      }
    },
  }
}

function isTroubled(order: OlistOrder | RowTrouble): order is RowTrouble {
  return 'problem' in order
}

function readOrder(
  row: Record<(typeof ORDER_COLUMNS)[number], string>,
  { customers, items, payments }: OlistLookups,
  zone: string,
): OlistOrder | RowTrouble {
  if (row.order_id === '') return trouble('missing_value', 'order_id is empty.')
  const customer = customers.get(row.customer_id)
  if (!customer) return trouble('unknown_reference', `No customer has the id “${row.customer_id}”.`)
  const placedAt = parseTime(row.order_purchase_timestamp, { zone })?.ms
  if (placedAt === undefined)
    return trouble('bad_time', `order_purchase_timestamp is “${row.order_purchase_timestamp}”.`)
  const promised = parseTime(row.order_estimated_delivery_date, { zone })?.ms
  return {
    id: row.order_id,
    status: row.order_status,
    customer,
    items: items.get(row.order_id) ?? [],
    payments: payments.get(row.order_id) ?? [],
    placedAt,
    approvedAt: parseTime(row.order_approved_at, { zone })?.ms,
    shippedAt: parseTime(row.order_delivered_carrier_date, { zone })?.ms,
    receivedAt: parseTime(row.order_delivered_customer_date, { zone })?.ms,
    promisedOn: promised === undefined ? undefined : formatDay(localDay(promised, zone)),
    zone,
  }
}

async function readPeopleOfOrders(
  file: InputFile,
  { customers }: OlistLookups,
  people: Map<string, string>,
): Promise<void> {
  const table = await openTable(file)
  const places = findColumns(file.name, table.columns, ['order_id', 'customer_id'])
  for await (const { rows } of table.batches)
    for (const { cells } of rows) {
      const { order_id, customer_id } = pick(cells, places)
      const customer = customers.get(customer_id)
      if (customer) people.set(order_id, customer.person)
    }
}

const REVIEW_COLUMNS = ['review_id', 'order_id', 'review_score', 'review_answer_timestamp'] as const
const REVIEW_TEXTS = ['review_comment_title', 'review_comment_message', 'review_creation_date'] as const

function reviewsStage(file: InputFile, people: Map<string, string>, zone: string): ImportStage {
  return {
    file,
    compile(columns) {
      const places = findColumns(file.name, columns, [...REVIEW_COLUMNS, ...REVIEW_TEXTS])
      return (cells) => writeReview(pick(cells, places), people, zone)
    },
  }
}

/** Several reviews of one order are several answers; one review may stand under several orders. */
function writeReview(
  row: Record<(typeof REVIEW_COLUMNS)[number] | (typeof REVIEW_TEXTS)[number], string>,
  people: Map<string, string>,
  zone: string,
): Message[] | RowTrouble {
  const userId = people.get(row.order_id)
  if (userId === undefined) return trouble('unknown_reference', `No order has the id “${row.order_id}”.`)
  const score = Number(row.review_score)
  if (!(score >= 1 && score <= 5)) return trouble('bad_number', `review_score is “${row.review_score}”.`)
  const at = parseTime(row.review_answer_timestamp, { zone })?.ms
  if (at === undefined)
    return trouble('bad_time', `review_answer_timestamp is “${row.review_answer_timestamp}”.`)
  const asked = parseTime(row.review_creation_date, { zone })?.ms
  const comment = [row.review_comment_title, row.review_comment_message]
    .filter((text) => text !== '')
    .join('. ')
  return [
    {
      type: 'track',
      event: 'Feedback Given',
      messageId: `olist:${row.review_id}:${row.order_id}:review`,
      timestamp: new Date(at).toISOString(),
      userId,
      properties: {
        kind: 'csat',
        score,
        scale_max: 5,
        order_id: row.order_id,
        ...(comment === '' ? {} : { comment }),
        ...(asked === undefined ? {} : { asked_on: formatDay(localDay(asked, zone)) }),
      },
    },
  ]
}
