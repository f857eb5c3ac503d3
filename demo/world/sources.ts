/** A way by which visitors come: what the address and the referrer of their first page look like. */
export interface Source {
  key: string
  share: number
  isAd: boolean
  /** Query of the landing address, without `?`. */
  query: string
  referrer: string
  landsOn: 'home' | 'product' | 'category'
}

function source(key: string, share: number, landsOn: Source['landsOn'], query = '', referrer = ''): Source {
  return { key, share, isAd: key === 'search_ad' || key === 'display_ad', query, referrer, landsOn }
}

export const SOURCES: readonly Source[] = [
  source('organic_search', 0.22, 'category', '', 'https://www.google.com/'),
  source(
    'search_ad',
    0.24,
    'product',
    'utm_source=google&utm_medium=cpc&utm_campaign=search_tech&gclid=demo',
  ),
  source('display_ad', 0.09, 'product', 'utm_source=google&utm_medium=display&utm_campaign=kms_tech'),
  source('price_comparison', 0.11, 'product', 'utm_source=hotline&utm_medium=price'),
  source('direct', 0.13, 'home'),
  source('social', 0.07, 'home', 'utm_source=instagram&utm_medium=social', 'https://l.instagram.com/'),
  source('blogger', 0.03, 'product', 'utm_source=tehnoleksa&utm_medium=blogger'),
  source('friend', 0.03, 'home', 'utm_source=friend&utm_medium=link'),
  source('map_listing', 0.03, 'home', 'utm_source=gmb&utm_medium=organic', 'https://www.google.com/'),
  source('forum', 0.02, 'product', '', 'https://www.otzovik.com/'),
  source('marketplace', 0.02, 'product', 'utm_source=bazar&utm_medium=marketplace'),
  source('print_ad', 0.01, 'home', 'utm_source=metro&utm_medium=outdoor'),
]

/** The young audience of the last six weeks comes from here. */
export const YOUNG_SOURCE: Source = source(
  'young_social',
  0,
  'product',
  'utm_source=tiktok&utm_medium=social&utm_campaign=school',
  'https://www.tiktok.com/',
)

export const DIRECT = SOURCES.find(({ key }) => key === 'direct') as Source
