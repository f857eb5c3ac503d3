import type { Channel } from '../../../../kernel/channels.ts'

/**
 * Parameters that ad systems and engines append to the address of the page they lead to. Only what a
 * system adds to *paid* clicks counts as an ad: Facebook and Instagram mark every outgoing link, and
 * Yandex and Google mark clicks on ordinary results too (`ysclid`, `srsltid`).
 */
const PARAMS: ReadonlyArray<readonly [Channel, string]> = [
  ['search_ad', 'gclid gbraid wbraid gclsrc yclid msclkid _openstat'],
  ['display_ad', 'dclid tblci obclid ob_click_id rtbhc admixer_id'],
  ['social_ad', 'ttclid twclid li_fat_id rdt_cid rb_clickid vkclid vk_click_id sccid scclid epik qclid'],
  ['affiliate', 'admitad_uid awc cjevent irclickid irgwc ranmid ransiteid gdeslon_token sscid'],
  ['price_comparison', 'ymclid'],
  ['organic_search', 'ysclid srsltid'],
  ['social', 'fbclid igshid igsh'],
  ['email', 'mc_eid mc_cid _kx _hsenc mkt_tok vero_id dm_i ml_subscriber_hash'],
]

export interface ClickIdRule {
  channel: Channel
  /** Lower wins where an address carries several: an ad's mark says more than a share's. */
  rank: number
}

export const CLICK_IDS: ReadonlyMap<string, ClickIdRule> = new Map(
  PARAMS.flatMap(([channel, names], rank) =>
    names.split(' ').map((name) => [name, { channel, rank }] as const),
  ),
)
