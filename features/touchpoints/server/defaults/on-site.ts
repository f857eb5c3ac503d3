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
  webVital,
  yes,
} from './make.ts'

/** Addresses as shop engines common in Russian- and Ukrainian-speaking countries write them. */
export const site: Touchpoint[] = makeStage('site', [
  {
    key: 'catalogue',
    channel: 'site',
    rule: anyOf(
      named(
        'Product List Viewed',
        'Product List Filtered',
        'Product Clicked',
        'Promotion Viewed',
        'Promotion Clicked',
      ),
      pagesUnder(
        ...[
          'catalog',
          'catalogue',
          'katalog',
          'category',
          'categories',
          'product-category',
          'c',
          'collections',
        ],
        ...['kategoriya', 'kategoriyi', 'products', 'tovary', 'shop', 'sale', 'aktsii', 'akcii', 'brands'],
      ),
      onRoute('product/category'),
    ),
    standards: [webVital('inp'), webVital('lcp')],
  },
  {
    key: 'site_search',
    channel: 'site',
    rule: anyOf(
      named('Products Searched'),
      pagesUnder('search', 'poisk', 'poshuk'),
      onRoute('product/search'),
    ),
    standards: [
      {
        measure: 'results',
        direction: 'at_least',
        good: 1,
        bad: 1,
        unit: 'count',
        basis: 'each',
        source: 'G',
      },
    ],
  },
  {
    key: 'product_page',
    channel: 'site',
    rule: anyOf(
      named('Product Viewed', 'Product Added to Wishlist'),
      ofPage(
        anyOf(
          ...['product', 'products', 'tovar', 'item', 'p', 'goods'].map((word) => atPath(`*/${word}/?*`)),
        ),
      ),
      onRoute('product/product'),
    ),
    standards: [yes('content_present', 'S'), webVital('lcp')],
  },
  {
    key: 'info_pages',
    channel: 'site',
    rule: pagesUnder(
      ...['dostavka', 'dostavka-i-oplata', 'dostavka-ta-oplata', 'oplata', 'oplata-i-dostavka', 'delivery'],
      ...['shipping', 'payment-and-delivery', 'kontakty', 'kontakti', 'contacts', 'contact', 'contact-us'],
      ...[
        'about',
        'about-us',
        'o-nas',
        'pro-nas',
        'o-kompanii',
        'garantiya',
        'vozvrat',
        'obmen-i-vozvrat',
        'povernennya',
      ],
      ...['returns', 'stores', 'magaziny'],
    ),
    standards: [atMost({ measure: 'clicks_away', good: 2, bad: 3, unit: 'clicks', source: 'G' })],
  },
  {
    key: 'faq',
    channel: 'site',
    rule: anyOf(
      named('FAQ Viewed', 'FAQ Opened'),
      pagesUnder(
        'faq',
        'help',
        'voprosy',
        'voprosy-i-otvety',
        'chasto-zadavaemye-voprosy',
        'pytannya',
        'pytannya-ta-vidpovidi',
      ),
    ),
  },
])

export const contact: Touchpoint[] = makeStage('contact', [
  {
    key: 'phone_call',
    channel: 'phone',
    rule: anyOf(
      allOf(CONTACT, throughChannel('phone')),
      named('Call Started', 'Call Answered', 'Call Missed', 'Call Completed'),
    ),
    // Who isn't answered in two minutes has rung off.
    standards: [atMost({ measure: 'answer_seconds', good: 20, bad: 120, unit: 's', source: 'G' })],
    followsOrder: true,
  },
  {
    key: 'call_back',
    channel: 'callback',
    rule: anyOf(
      allOf(CONTACT, throughChannel('callback')),
      named('Call Back Requested', 'Callback Requested', 'Call Back Made', 'Callback Made'),
    ),
    standards: [atMost({ measure: 'callback_minutes', good: 15, bad: 60, unit: 'min', source: 'G' })],
    followsOrder: true,
  },
  {
    key: 'chat',
    channel: 'chat',
    rule: anyOf(
      allOf(CONTACT, throughChannel('chat', 'messenger')),
      named('Chat Started', 'Live Chat Started', 'Live Chat Conversation Started', 'Chat Ended'),
    ),
    standards: [atMost({ measure: 'first_answer_seconds', good: 120, bad: 600, unit: 's', source: 'G' })],
    followsOrder: true,
  },
  {
    key: 'email_form',
    channel: 'email',
    rule: anyOf(
      allOf(CONTACT, throughChannel('email', 'form')),
      named('Contact Form Submitted', 'Form Submitted'),
    ),
    standards: [atMost({ measure: 'first_reply_hours', good: 4, bad: 24, unit: 'h', source: 'G' })],
    followsOrder: true,
  },
  {
    key: 'assistant',
    channel: 'assistant',
    rule: anyOf(allOf(CONTACT, throughChannel('assistant')), named('Assistant Asked', 'Assistant Answered')),
    standards: [yes('solved', 'G')],
    followsOrder: true,
  },
  {
    key: 'store_talk',
    channel: 'store',
    rule: anyOf(allOf(CONTACT, throughChannel('store')), named('Store Visited', 'Store Talk Logged')),
  },
])
