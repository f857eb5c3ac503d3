import { type Channel, isChannel } from '../../../../kernel/channels.ts'

/**
 * What an event's own name says about its channel. `asked`: the shop says the way in the event's `channel`
 * property. A channel: the name itself says it, whatever page the browser was on.
 */
const SAID_BY_NAME: ReadonlyArray<readonly [RegExp, Channel | 'asked']> = [
  [/^(?:contact|conversation|case|feedback|survey|message|promise|complaint|answer) /, 'asked'],
  [/^call ?back /, 'callback'],
  [/^(?:phone )?call /, 'phone'],
  [/^(?:e-?mail) (?:sent|delivered|opened|clicked|link clicked|bounced|marked as spam|replied)/, 'email'],
  [/^unsubscribed$/, 'email'],
  [/^sms /, 'sms'],
  [/^push (?:notification )?(?:sent|received|delivered|tapped|opened|clicked|bounced|dismissed)/, 'push'],
  [/^(?:live )?chat /, 'chat'],
  [/^assistant /, 'assistant'],
  [/^store /, 'store'],
  [/^(?:parcel|insert) /, 'parcel'],
  [/^(?:delivery|shipment) /, 'delivery'],
  [/^order (?:shipped|in transit|out for delivery|arrived|delivered|received|refused)$/, 'delivery'],
  [/^order /, 'asked'],
]

/** Steps of buying that a server reports without any page: they happened on the shop's site. */
const ON_SITE =
  /^(?:order (?:placed|completed|confirmed|paid|updated)|(?:cart|checkout|product|products|coupon|payment) )/

/** The ways that people write into the `channel` property of a contact, beside the channels' own keys. */
const WAYS: ReadonlyMap<string, Channel> = new Map(
  (
    [
      ['phone', 'call tel telephone phone_call incoming_call outgoing_call звонок телефон дзвінок'],
      ['callback', 'call_back обратный_звонок зворотний_дзвінок'],
      ['email', 'e_mail mail почта пошта'],
      ['form', 'contact_form web_form feedback_form форма'],
      ['chat', 'live_chat livechat online_chat web_chat widget чат'],
      [
        'messenger',
        'telegram viber whatsapp facebook_messenger fb_messenger instagram instagram_direct vk skype месенджер мессенджер',
      ],
      ['assistant', 'bot chatbot chat_bot virtual_assistant ai ai_assistant'],
      ['store', 'offline in_store shop till pos pickup_point магазин'],
      ['site', 'web website online page cart catalog'],
      ['app', 'mobile mobile_app'],
      ['delivery', 'courier carrier branch locker post_office'],
      ['sms', 'text text_message смс'],
      ['push', 'web_push push_notification'],
      ['post', 'letter postcard'],
      ['parcel', 'insert package'],
    ] as Array<[Channel, string]>
  ).flatMap(([channel, names]) => names.split(' ').map((name): [string, Channel] => [name, channel])),
)

const MAX_REMEMBERED = 10_000
const remembered = new Map<string, Channel | 'asked' | undefined>()

/** The channel that the event itself names, by its name or by its `channel` property. */
export function findChannelByEvent(name: string, way: unknown): Channel | undefined {
  if (name === '') return undefined
  const said = findSaid(name)
  return said === 'asked' ? findWay(way) : said
}

/** Where a step of buying without any page happened; undefined for all other events. */
export function findSiteStep(name: string): Channel | undefined {
  return ON_SITE.test(name.toLowerCase()) ? 'site' : undefined
}

/** The channel that a word of a shop or its telephony means ("Telegram", "live chat", "phone"). */
export function findWay(way: unknown): Channel | undefined {
  if (typeof way !== 'string' || way.length > 64) return undefined
  const key = way
    .trim()
    .toLowerCase()
    .replace(/[\s-]+/g, '_')
  if (isChannel(key)) return key === 'unknown' ? undefined : key
  return WAYS.get(key)
}

function findSaid(name: string): Channel | 'asked' | undefined {
  if (remembered.has(name)) return remembered.get(name)
  const folded = name.toLowerCase()
  const said = SAID_BY_NAME.find(([pattern]) => pattern.test(folded))?.[1]
  if (remembered.size >= MAX_REMEMBERED) remembered.clear()
  remembered.set(name, said)
  return said
}
