import type { Touchpoint } from '../../contract.ts'
import { anyOf, atPath, makeStage, ofPage, throughChannel, webVital, yes } from './make.ts'

/** Nobody is counted who saw an advertisement and didn't come, so these have no standards: what is known is asked. */
export const need: Touchpoint[] = makeStage('need', [
  {
    key: 'display_ad',
    channel: 'display_ad',
    claims: 'arrival',
    rule: throughChannel('display_ad', 'social_ad', 'affiliate'),
  },
  { key: 'print_ad', channel: 'offline_ad', claims: 'arrival', rule: throughChannel('offline_ad') },
  { key: 'friend', channel: 'friend', claims: 'arrival', rule: throughChannel('friend') },
  { key: 'blogger', channel: 'blogger', claims: 'arrival', rule: throughChannel('blogger') },
  {
    key: 'forum',
    channel: 'review_site',
    claims: 'arrival',
    rule: throughChannel('review_site', 'referral'),
  },
])

export const search: Touchpoint[] = makeStage('search', [
  {
    key: 'search_ad',
    channel: 'search_ad',
    claims: 'arrival',
    rule: throughChannel('search_ad'),
    standards: [yes('price_same', 'S')],
  },
  {
    key: 'organic_search',
    channel: 'organic_search',
    claims: 'arrival',
    rule: throughChannel('organic_search', 'ai_search'),
  },
  {
    key: 'price_comparison',
    channel: 'price_comparison',
    claims: 'arrival',
    rule: throughChannel('price_comparison'),
    standards: [yes('price_same', 'S')],
  },
  { key: 'marketplace', channel: 'marketplace', claims: 'arrival', rule: throughChannel('marketplace') },
  { key: 'map_listing', channel: 'map_listing', claims: 'arrival', rule: throughChannel('map_listing') },
])

const HOME_PATHS = [
  '/',
  '/ru',
  '/uk',
  '/ua',
  '/en',
  '/ru/',
  '/uk/',
  '/ua/',
  '/en/',
  '/index.html',
  '/index.php',
]

export const firstLook: Touchpoint[] = makeStage('first_look', [
  {
    key: 'landing_page',
    channel: 'site',
    // The home page, and every other page on which a visit from elsewhere begins.
    rule: ofPage(
      anyOf({ field: 'path', op: 'in', value: HOME_PATHS }, atPath('/home'), {
        field: 'channel',
        op: 'not_in',
        value: ['site', 'direct', 'app', 'unknown'],
      }),
    ),
    standards: [webVital('lcp')],
  },
  { key: 'social_page', channel: 'social', claims: 'arrival', rule: throughChannel('social') },
  { key: 'comparing', channel: 'unknown' },
])
