/** Half an hour of silence ends a visit. */
export const SESSION_SILENCE_MS = 30 * 60_000

/** Events of Segment's specification that only a visit to the site or app brings about. */
export const SITE_EVENTS = [
  'Page Measured',
  'Product List Viewed',
  'Product Viewed',
  'Products Searched',
  'Product Added',
  'Cart Viewed',
  'Checkout Started',
]

/** SQL: the event is part of a visit; needs the parameter `site_events`. */
export const isOnSite =
  "(kind IN ('page', 'screen') OR kind = 'track' AND name IN {site_events:Array(String)})"

/** SQL: of sorted moments above 0 those with which a visit begins; needs the parameter `silence`. */
export const visitBeginnings = (seen: string) =>
  `arrayFilter((t, b) -> b = 0 OR t - b > {silence:Int64}, ${seen}, arrayResize(arrayPushFront(${seen}, 0), length(${seen})))`
