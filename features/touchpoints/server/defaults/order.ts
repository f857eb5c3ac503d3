import type { Touchpoint } from '../../contract.ts'
import {
  allOf,
  anyOf,
  atMost,
  atPath,
  CONTACT,
  makeStage,
  named,
  ofPage,
  onRoute,
  pagesUnder,
  throughChannel,
  yes,
} from './make.ts'

export const order: Touchpoint[] = makeStage('order', [
  {
    key: 'cart',
    channel: 'site',
    rule: anyOf(
      named('Product Added', 'Product Removed', 'Cart Viewed', 'Cart Updated'),
      named('Coupon Entered', 'Coupon Applied', 'Coupon Denied', 'Coupon Removed'),
      pagesUnder('cart', 'basket', 'korzina', 'koshyk', 'kosik', 'koszyk'),
      onRoute('checkout/cart'),
    ),
    standards: [yes('total_unchanged', 'G')],
  },
  {
    key: 'checkout',
    channel: 'site',
    rule: anyOf(
      named('Checkout Started', 'Checkout Step Viewed', 'Checkout Step Completed'),
      pagesUnder('checkout', 'oformlenie', 'oformlenie-zakaza', 'oformlennya', 'oformlennya-zamovlennya'),
      ofPage(atPath('*/order/make*')),
      onRoute('checkout/checkout'),
    ),
    standards: [atMost({ measure: 'checkout_minutes', good: 3, bad: 8, unit: 'min', source: 'G' })],
  },
  {
    key: 'payment',
    channel: 'site',
    rule: named(
      'Payment Info Entered',
      'Payment Attempted',
      'Payment Failed',
      'Payment Completed',
      'Order Paid',
    ),
    standards: [yes('first_try', 'G')],
  },
  {
    key: 'confirmation',
    channel: 'site',
    rule: anyOf(
      named('Order Completed', 'Order Placed', 'Order Confirmed', 'Order Confirmation Sent'),
      pagesUnder('thank-you', 'thankyou', 'spasibo', 'dyakuyemo', 'order-received'),
      ofPage(atPath('*/checkout/success*')),
      onRoute('checkout/success'),
    ),
    standards: [atMost({ measure: 'confirmation_minutes', good: 1, bad: 10, unit: 'min', source: 'G' })],
  },
  {
    key: 'confirming_call',
    channel: 'phone',
    rule: anyOf(
      named('Confirming Call Made'),
      allOf(named('Order Confirmed'), throughChannel('phone', 'callback')),
    ),
    standards: [
      yes('price_same', 'S'),
      atMost({ measure: 'confirming_call_minutes', good: 30, bad: 120, unit: 'min', source: 'G' }),
    ],
  },
])

/** A message about an order, whichever way it was sent. */
const ABOUT_ORDER = allOf(
  named(
    'Message Sent',
    'Message Delivered',
    'SMS Sent',
    'Email Sent',
    'Email Delivered',
    'Push Notification Sent',
  ),
  { field: 'order_id', op: 'exists' },
)

export const delivery: Touchpoint[] = makeStage('delivery', [
  {
    key: 'status_message',
    channel: 'sms',
    rule: anyOf(
      named('Status Message Sent', 'Order Status Sent'),
      ABOUT_ORDER,
      pagesUnder('tracking', 'track-order', 'order-status', 'otslezhivanie', 'vidstezhennya'),
    ),
    standards: [yes('status_told', 'G')],
  },
  {
    key: 'carrier',
    channel: 'delivery',
    rule: named('Order Shipped', 'Order In Transit', 'Order Out For Delivery', 'Order Arrived'),
    // Calendar days after the promised one: none is kept, any is missed.
    standards: [atMost({ measure: 'days_late', good: 0, bad: 0, unit: 'days', source: 'S' })],
  },
  {
    key: 'where_is_order',
    channel: 'unknown',
    rule: allOf(CONTACT, {
      field: 'properties.topic',
      op: 'in',
      value: ['where_is_order', 'order_status', 'delivery_status'],
    }),
    standards: [atMost({ measure: 'asked_where', good: 0, bad: 0, unit: 'yes_no', source: 'G' })],
  },
])

const HANDED_OVER = named('Order Delivered', 'Order Received', 'Order Refused')

function broughtBy(...methods: string[]) {
  return allOf(HANDED_OVER, {
    field: 'properties.delivery_method',
    op: 'in',
    value: methods,
    ignoreCase: true,
  })
}

export const receipt: Touchpoint[] = makeStage('receipt', [
  // Most parcels wait at a branch or in a locker, so a receipt that says nothing of its way stands there.
  { key: 'branch', channel: 'delivery', rule: HANDED_OVER },
  {
    key: 'courier',
    channel: 'delivery',
    rule: broughtBy('courier', 'door', 'address', 'home', 'курьер', 'курʼєр', 'кур’єр', "кур'єр"),
    standards: [yes('in_slot', 'G')],
  },
  {
    key: 'store_pickup',
    channel: 'store',
    rule: broughtBy('pickup', 'store_pickup', 'store', 'self_pickup', 'самовывоз', 'самовивіз', 'магазин'),
    standards: [atMost({ measure: 'wait_minutes', good: 5, bad: 15, unit: 'min', source: 'G' })],
  },
  {
    key: 'parcel',
    channel: 'parcel',
    claims: 'both',
    rule: anyOf(
      named('Parcel Opened', 'Insert Scanned'),
      allOf({ field: 'kind', op: 'equals', value: 'page' }, throughChannel('parcel')),
    ),
    standards: [yes('parcel_whole', 'S')],
  },
  {
    key: 'store_receipt',
    channel: 'store',
    claims: 'both',
    rule: anyOf(
      named('Receipt Scanned', 'Store Receipt Scanned'),
      allOf({ field: 'kind', op: 'equals', value: 'page' }, throughChannel('store')),
    ),
  },
])
