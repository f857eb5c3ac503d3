import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { isChannel } from '../../../kernel/channels.ts'
import { DEFAULT_STAGES } from '../contract.ts'
import { listProblems } from './check-registry.ts'
import { defaultRegistry } from './default-registry.ts'
import { compileRegistry } from './reads.ts'

/** Every stage with its touchpoints, as the documentation for owners names them. */
const PATH: Record<string, string> = {
  need: 'display_ad print_ad friend blogger forum',
  search: 'search_ad organic_search price_comparison marketplace map_listing',
  first_look: 'landing_page social_page comparing',
  site: 'catalogue site_search product_page info_pages faq',
  contact: 'phone_call call_back chat email_form assistant store_talk',
  order: 'cart checkout payment confirmation confirming_call',
  delivery: 'status_message carrier where_is_order',
  receipt: 'branch courier store_pickup parcel store_receipt',
  aftercare: 'how_to warranty complaint ads_after_buying newsletter',
  opinion: 'survey public_review referral repeat_order',
}

const { stages, touchpoints } = defaultRegistry
const words = (['ru', 'uk', 'en'] as const).map((language) => {
  const file = new URL(`../../../web/locales/${language}/touchpoints.json`, import.meta.url)
  return JSON.parse(readFileSync(file, 'utf8')) as Record<string, Record<string, string>>
})

describe('the built-in registry', () => {
  test('has the ten stages and their touchpoints', () => {
    expect(stages.map(({ key }) => key)).toEqual(DEFAULT_STAGES)
    for (const [stage, keys] of Object.entries(PATH)) {
      const own = touchpoints.filter((one) => one.stage === stage).map(({ key }) => key)
      expect([stage, own.sort()]).toEqual([stage, keys.split(' ').sort()])
    }
  })

  test('has no mistakes, and a channel for each touchpoint', () => {
    expect(listProblems(defaultRegistry)).toEqual([])
    expect(touchpoints.filter(({ channel }) => !isChannel(channel))).toEqual([])
  })

  test('is named in three languages, with what every standard measures and where its threshold is from', () => {
    const standards = touchpoints.flatMap((one) => one.standards)
    for (const texts of words) {
      expect(touchpoints.filter(({ key }) => !texts.touchpoints?.[key])).toEqual([])
      expect(stages.filter(({ key }) => !texts.stages?.[key])).toEqual([])
      expect(standards.filter(({ measure }) => !texts.measures?.[measure])).toEqual([])
      expect(
        standards.filter(({ source }) => !texts.sources?.[source] || !texts.sourceWords?.[source]),
      ).toEqual([])
      expect(standards.filter(({ unit }) => !texts.units?.[unit])).toEqual([])
    }
  })
})

const compiled = compileRegistry(defaultRegistry)

function classify(
  given: { kind?: string; name?: string; path?: string; channel?: string; order_id?: string },
  properties = {},
) {
  const event = { kind: 'track', name: '', path: '', url: '', channel: 'unknown', order_id: '', ...given }
  const row = { ...event, properties: JSON.stringify(properties) } as never as Parameters<
    typeof compiled.classify
  >[0]
  compiled.classify(row, properties)
  return {
    arrival: row.arrival,
    touchpoint: row.touchpoint,
    stage: row.stage,
    measure: row.measure,
    measured: row.measured,
  }
}

const page = (path: string, channel = 'site') => classify({ kind: 'page', path, channel })

describe('events as shops send them', () => {
  test.each([
    ['/', 'landing_page'],
    ['/ua/', 'landing_page'],
    ['/Catalog/chainiky/', 'catalogue'],
    ['/product/kettle-5', 'product_page'],
    ['/uk/p/12', 'product_page'],
    ['/products/', 'catalogue'],
    ['/search', 'site_search'],
    ['/personal/cart/', 'cart'],
    ['/cartridges/hp-85a', ''],
    ['/checkout/success', 'confirmation'],
    ['/checkout/', 'checkout'],
    ['/dostavka-i-oplata/', 'info_pages'],
    ['/faq', 'faq'],
    ['/blog/x', ''],
  ])('the page %s is %s', (path, touchpoint) => {
    expect(page(path).touchpoint).toBe(touchpoint)
  })

  test('the first page of a visit from elsewhere is two contacts', () => {
    expect(page('/blog/x', 'search_ad')).toMatchObject({
      arrival: 'search_ad',
      touchpoint: 'landing_page',
      stage: 'first_look',
    })
    expect(page('/product/1', 'email')).toMatchObject({ arrival: 'newsletter', touchpoint: 'product_page' })
    expect(page('/product/1')).toMatchObject({ arrival: '', touchpoint: 'product_page' })
  })

  test.each([
    [{ name: 'Order Delivered' }, {}, 'branch'],
    [{ name: 'order delivered' }, { delivery_method: 'Курьер' }, 'courier'],
    [{ name: 'Order Refused' }, { delivery_method: 'самовивіз' }, 'store_pickup'],
    [{ name: 'Order Confirmed', channel: 'phone' }, {}, 'confirming_call'],
    [{ name: 'Order Confirmed', channel: 'site' }, {}, 'confirmation'],
    [{ name: 'Contact Started', channel: 'messenger' }, {}, 'chat'],
    [{ name: 'Contact Started', channel: 'phone' }, { topic: 'where_is_order' }, 'where_is_order'],
    [{ name: 'Email Delivered', channel: 'email' }, {}, 'newsletter'],
    [{ name: 'Email Delivered', channel: 'email', order_id: 'A1' }, {}, 'status_message'],
    [{ name: 'Case Opened' }, { kind: 'warranty' }, 'warranty'],
    [{ name: 'Case Opened' }, {}, 'complaint'],
    [{ name: 'Feedback Given', channel: 'phone' }, {}, 'survey'],
    [{ name: 'Feedback Given' }, { touchpoint: 'parcel' }, 'parcel'],
    [{ name: 'Parcel Opened', channel: 'parcel' }, {}, 'parcel'],
    [{ name: 'Promise Made' }, {}, ''],
    [{ kind: 'identify', name: 'Order Delivered' }, { touchpoint: 'parcel' }, ''],
  ])('%j with %j is %s', (event, properties, touchpoint) => {
    expect(classify(event, properties).touchpoint).toBe(touchpoint)
  })

  test('what a standard measures is read from the event, also where it is written as text or as yes', () => {
    const measured = (properties: object) => {
      const { touchpoint, measure, measured: value } = classify({ name: 'Standard Measured' }, properties)
      return [touchpoint, measure, value]
    }
    expect(measured({ touchpoint: 'chat', first_answer_seconds: 90 })).toEqual([
      'chat',
      'first_answer_seconds',
      90,
    ])
    expect(measured({ touchpoint: 'carrier', days_late: '-1' })).toEqual(['carrier', 'days_late', -1])
    expect(measured({ touchpoint: 'courier', in_slot: false })).toEqual(['courier', 'in_slot', 0])
    expect(measured({ touchpoint: 'chat', first_answer_seconds: 'soon' })).toEqual(['chat', '', null])
    const vitals = classify(
      { name: 'Page Measured', path: '/product/1', channel: 'site' },
      { lcp: 1800, inp: 90 },
    )
    expect(vitals).toMatchObject({ touchpoint: 'product_page', measure: 'lcp', measured: 1800 })
  })
})
