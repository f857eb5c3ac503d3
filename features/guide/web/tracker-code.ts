/** The programs on which shops here mostly run, with how many steps it takes to paste a line into each. */
export const platforms = {
  html: 2,
  opencart: 3,
  wordpress: 3,
  bitrix: 3,
  tilda: 3,
  gtm: 3,
  insales: 2,
  horoshop: 2,
  prom: 2,
} as const
export type Platform = keyof typeof platforms

export const platformNames: Record<Exclude<Platform, 'html'>, string> = {
  opencart: 'OpenCart',
  wordpress: 'WordPress, WooCommerce',
  bitrix: '1C-Bitrix',
  tilda: 'Tilda',
  gtm: 'Google Tag Manager',
  insales: 'InSales',
  horoshop: 'Horoshop',
  prom: 'Prom',
}

/** The line for a shop's pages. */
export function writeTrackerLine(address: string, key: string): string {
  return `<script async src="${address}/t.js" data-key="${key}"></script>`
}

/** Tag Manager makes the script element anew and leaves attributes that it doesn't know out, so the key is set by code. */
export function writeTagManagerCode(address: string, key: string): string {
  return `<script>
  var s = document.createElement('script')
  s.async = true
  s.setAttribute('data-key', '${key}')
  s.src = '${address}/t.js'
  document.head.appendChild(s)
</script>`
}
