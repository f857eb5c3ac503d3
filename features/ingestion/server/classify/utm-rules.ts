import type { Channel } from '../../../../kernel/channels.ts'
import { findNamedSource } from './find-source.ts'
import type { Campaign } from './landing.ts'
import type { SourceKind } from './sources.ts'

/** What a medium says: either the channel itself, or how the visit was got, so that the source decides. */
type Medium = Channel | 'paid' | 'banner' | 'organic' | 'link' | 'print'

const MEDIA: ReadonlyMap<string, Medium> = compile<Medium>([
  ['paid', 'cpc ppc paid pay cost-per-click paid-click paidtraffic cpa-click cpc-cpa ads ad advert рк'],
  [
    'search_ad',
    `paid-search paidsearch sem search-ads search-ad search-cpc cpc-search search-paid context kontekst
    контекст контекстная-реклама shopping pla paid-shopping`,
  ],
  [
    'banner',
    `display banner banners cpm cpv video video-ads videoad instream rtb retargeting remarketing native teaser
    programmatic paid-display display-ads gdn kmc rsya media medijka discovery demandgen interstitial mediynaya`,
  ],
  [
    'social_ad',
    `paid-social paidsocial social-paid social-ads social-ad social-cpc cpc-social socialads social-media-paid
    target targeting targetads target-ads таргет smm-ads fb-ads facebook-ads instagram-ads paid-social-media`,
  ],
  ['affiliate', 'affiliate affiliates cpa cps cpl partner partners partnership partnerka партнер cashback'],
  ['blogger', 'influencer influencers influence blogger bloggers blogers ugc integration блогер'],
  ['friend', 'friend friends refer-a-friend raf referral-program referral-code invite word-of-mouth wom'],
  [
    'print',
    'print qr qrcode qr-code offline outdoor ooh tv radio flyer leaflet billboard poster catalog badge',
  ],
  [
    'email',
    `email e-mail mail newsletter digest email-trigger trigger-email triggered-email rassylka рассылка розсилка
    mailing emailing email-marketing`,
  ],
  ['sms', 'sms смс'],
  ['push', 'push web-push webpush browser-push push-notification pushes mobile-push app-push'],
  [
    'messenger',
    'messenger messengers viber telegram tg whatsapp wa bot chatbot telegram-bot viber-bot messenger-bot',
  ],
  ['chat', 'chat live-chat livechat'],
  [
    'social',
    'social social-network social-media socialmedia sm smm post stories story reels bio organic-social',
  ],
  ['organic', 'organic search seo organic-search free-listing free'],
  ['link', 'referral link site website web refer'],
  [
    'price_comparison',
    'price price-comparison price-list pricelist comparison cse prais price-aggregator прайс',
  ],
  ['marketplace', 'marketplace marketplaces'],
  ['map_listing', 'map maps gmb gbp google-my-business business-profile geo local-listing'],
  ['ai_search', 'ai llm ai-search'],
])

const OWN_NAMES: ReadonlyMap<string, Channel> = compile<Channel>([
  [
    'parcel',
    'parcel insert inserts package packaging box parcel-card vkladysh vkladka вкладыш вкладка вкладиш',
  ],
  ['store', 'store till shop-window offline-store in-store magazin-offline receipt bag'],
  ['friend', 'friend friends refer-a-friend raf referral-program invite'],
  ['blogger', 'blogger bloggers influencer influencers'],
  ['offline_ad', 'flyer leaflet billboard poster outdoor ooh tv radio print offline'],
  ['sms', 'sms turbosms smsclub smsc'],
  ['push', 'push onesignal web-push webpush gravitec pushwoosh sendpulse-push'],
  ['messenger', 'viber-bot telegram-bot tg-bot whatsapp-bot chatbot manychat'],
  ['chat', 'jivo jivosite jivochat livechat intercom tawk crisp'],
])

const FREE: Record<SourceKind, Channel> = {
  search: 'organic_search',
  search_ads: 'search_ad',
  ai: 'ai_search',
  social: 'social',
  display: 'display_ad',
  affiliate: 'affiliate',
  price: 'price_comparison',
  marketplace: 'marketplace',
  map: 'map_listing',
  review: 'review_site',
  email: 'email',
  detour: 'site',
}

const PAID: Record<SourceKind, Channel> = {
  ...FREE,
  search: 'search_ad',
  ai: 'search_ad',
  social: 'social_ad',
  review: 'display_ad',
  detour: 'referral',
}

const DISPLAY_CAMPAIGN = /(?:^|[^a-z])(?:rsya|rsy|gdn|kms|display|remarketing|retargeting)(?![a-z])|рся|кмс/
const MAP_CAMPAIGN =
  /(?:^|[^a-z])(?:gmb|gbp|google[-_ ]?my[-_ ]?business|business[-_ ]?profile|maps?)(?![a-z])/

/** The channel of a visit from a known kind of place, when no money is known to have been paid for it. */
export function getFreeChannel(kind: SourceKind): Channel {
  return FREE[kind]
}

/** The channel that UTM tags name; undefined where they name nothing known. */
export function findChannelByUtm(utm: Campaign): Channel | undefined {
  const source = fold(utm.source)
  const medium = MEDIA.get(fold(utm.medium).replaceAll('.', '-'))
  const kind = findNamedSource(source)
  const campaign = (utm.campaign ?? '').toLowerCase()
  switch (medium) {
    case undefined:
      return OWN_NAMES.get(source) ?? findByBareSource(kind, campaign)
    case 'paid':
      return findPaid(kind, campaign)
    case 'banner':
      return kind === 'social' ? 'social_ad' : kind === 'price' ? 'price_comparison' : 'display_ad'
    case 'print':
      return OWN_NAMES.get(source) ?? 'offline_ad'
    case 'organic':
      if (MAP_CAMPAIGN.test(campaign)) return 'map_listing'
      return kind ? FREE[kind] : 'organic_search'
    case 'link':
      return OWN_NAMES.get(source) ?? (kind ? FREE[kind] : 'referral')
    default:
      return medium
  }
}

function findPaid(kind: SourceKind | undefined, campaign: string): Channel {
  const channel = kind ? PAID[kind] : 'search_ad'
  return channel === 'search_ad' && DISPLAY_CAMPAIGN.test(campaign) ? 'display_ad' : channel
}

/** Nobody can tag an ordinary search result, so a search engine named without a medium is an ad, or a map card. */
function findByBareSource(kind: SourceKind | undefined, campaign: string): Channel | undefined {
  if (kind === undefined || kind === 'detour') return undefined
  if (kind !== 'search') return FREE[kind]
  return MAP_CAMPAIGN.test(campaign) ? 'map_listing' : findPaid(kind, campaign)
}

function fold(text: string | undefined): string {
  return (text ?? '')
    .trim()
    .toLowerCase()
    .replace(/[\s_]+/g, '-')
}

function compile<T extends string>(rules: ReadonlyArray<readonly [T, string]>): Map<string, T> {
  return new Map(
    rules.flatMap(([value, names]) => names.split(/\s+/).map((name): [string, T] => [name, value])),
  )
}
