import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CHANNEL_KEYS, CHANNELS, type Channel, isChannel } from '../../../../kernel/channels.ts'
import { type ChannelInput, classifyChannel } from './channel.ts'
import { CLICK_IDS } from './click-ids.ts'
import { SOURCES } from './sources.ts'

const SHOP = 'https://shop.ua'
const shopDomains = ['shop.ua', 'myshop.com.ua']

function visit(url: string, referrer = ''): Channel {
  return classifyChannel({
    kind: 'page',
    url: url.startsWith('http') ? url : SHOP + url,
    referrer,
    shopDomains,
  })
}

describe('a visit by its referrer', () => {
  const table: Array<[referrer: string, channel: Channel]> = [
    ['https://www.google.com/', 'organic_search'],
    ['https://www.google.com.ua/', 'organic_search'],
    ['https://www.google.co.uk/search?q=kettle', 'organic_search'],
    ['https://images.google.de/', 'organic_search'],
    ['android-app://com.google.android.googlequicksearchbox/', 'organic_search'],
    ['https://yandex.ru/', 'organic_search'],
    ['https://ya.ru/search/?text=чайник', 'organic_search'],
    ['https://yandex.kz/clck/jsredir?from=yandex.ru', 'organic_search'],
    ['https://www.bing.com/', 'organic_search'],
    ['https://duckduckgo.com/', 'organic_search'],
    ['https://uk.search.yahoo.com/', 'organic_search'],
    ['https://go.mail.ru/search?q=1', 'organic_search'],
    ['https://www.ukr.net/', 'organic_search'],
    ['https://search.brave.com/', 'organic_search'],
    ['https://yandex.ru/maps/org/1234', 'map_listing'],
    ['https://www.google.com/maps/place/Shop', 'map_listing'],
    ['https://maps.google.com/', 'map_listing'],
    ['https://2gis.ru/moscow/firm/1', 'map_listing'],
    ['android-app://com.google.android.apps.maps', 'map_listing'],
    ['https://chatgpt.com/', 'ai_search'],
    ['https://www.perplexity.ai/search/x', 'ai_search'],
    ['https://gemini.google.com/app', 'ai_search'],
    ['https://vk.com/', 'social'],
    ['https://away.vk.com/away.php?to=x', 'social'],
    ['https://m.vk.com/', 'social'],
    ['https://ok.ru/', 'social'],
    ['https://l.instagram.com/?u=https%3A%2F%2Fshop.ua', 'social'],
    ['https://l.facebook.com/', 'social'],
    ['https://m.facebook.com/', 'social'],
    ['https://t.me/', 'social'],
    ['android-app://org.telegram.messenger/', 'social'],
    ['android-app://com.viber.voip', 'social'],
    ['https://www.tiktok.com/', 'social'],
    ['https://www.youtube.com/watch?v=1', 'social'],
    ['https://t.co/abc', 'social'],
    ['https://dzen.ru/a/1', 'social'],
    ['https://www.pinterest.de/', 'social'],
    ['https://hotline.ua/sr/?q=kettle', 'price_comparison'],
    ['https://price.ua/', 'price_comparison'],
    ['https://ek.ua/EKATALOG.php', 'price_comparison'],
    ['https://www.e-katalog.ru/', 'price_comparison'],
    ['https://market.yandex.ru/product/1', 'price_comparison'],
    ['https://rozetka.com.ua/ua/1/p1/', 'marketplace'],
    ['https://prom.ua/', 'marketplace'],
    ['https://www.ozon.ru/', 'marketplace'],
    ['https://www.wildberries.by/', 'marketplace'],
    ['https://www.olx.ua/', 'marketplace'],
    ['https://www.amazon.co.uk/', 'marketplace'],
    ['https://mail.google.com/', 'email'],
    ['https://e.mail.ru/inbox', 'email'],
    ['https://mail.yandex.ru/', 'email'],
    ['https://mail.ukr.net/desktop', 'email'],
    ['android-app://com.google.android.gm/', 'email'],
    ['https://otzovik.com/review_1.html', 'review_site'],
    ['https://irecommend.ru/content/x', 'review_site'],
    ['https://otvet.mail.ru/question/1', 'review_site'],
    ['https://googleads.g.doubleclick.net/', 'display_ad'],
    ['https://yabs.yandex.ru/count/x', 'search_ad'],
    ['https://ad.admitad.com/g/x', 'affiliate'],
    ['https://www.liqpay.ua/', 'site'],
    ['https://yoomoney.ru/checkout', 'site'],
    ['https://accounts.google.com/', 'site'],
    ['https://shop.ua/catalog', 'site'],
    ['https://m.shop.ua/catalog', 'site'],
    ['https://blog.myshop.com.ua/post', 'site'],
    ['https://www.dovkola-kavy.example/rating', 'referral'],
    ['https://news.google.com/', 'referral'],
    ['https://afisha.yandex.ru/', 'referral'],
    ['https://google.xyz/', 'referral'],
    ['https://notgoogle.com/', 'referral'],
    ['https://my-rozetka.com.ua.example.org/', 'referral'],
    ['http://192.168.1.10:8080/', 'referral'],
    ['', 'direct'],
    ['about:blank', 'direct'],
    ['null', 'direct'],
  ]
  test.each(table)('%s → %s', (referrer, channel) => {
    expect(visit('/', referrer)).toBe(channel)
  })
})

describe('a visit by the tags and click ids of its page', () => {
  const google = 'https://www.google.com/'
  const table: Array<[url: string, referrer: string, channel: Channel]> = [
    ['/?utm_source=google&utm_medium=cpc&utm_campaign=brand', google, 'search_ad'],
    ['/?utm_source=yandex&utm_medium=cpc&utm_campaign=search_kettles', '', 'search_ad'],
    ['/?utm_source=yandex&utm_medium=cpc&utm_campaign=rsya_kettles', '', 'display_ad'],
    ['/?utm_source=google&utm_medium=cpc&utm_campaign=KMS_remarketing', '', 'display_ad'],
    ['/?utm_source=facebook&utm_medium=cpc&utm_campaign=teens', 'https://l.facebook.com/', 'social_ad'],
    ['/?utm_source=ig&utm_medium=paid_social', '', 'social_ad'],
    ['/?utm_source=vk&utm_medium=target', '', 'social_ad'],
    ['/?utm_source=instagram&utm_medium=social', 'https://l.instagram.com/', 'social'],
    ['/?utm_source=ig&utm_medium=stories', '', 'social'],
    ['/?utm_source=youtube&utm_medium=video', '', 'social_ad'],
    ['/?utm_source=criteo&utm_medium=retargeting', '', 'display_ad'],
    ['/?utm_source=hotline&utm_medium=cpc', 'https://hotline.ua/', 'price_comparison'],
    ['/?utm_source=hotline.ua&utm_medium=price', '', 'price_comparison'],
    ['/?utm_source=rozetka&utm_medium=referral', '', 'marketplace'],
    ['/?utm_source=google&utm_medium=organic&utm_campaign=gmb', google, 'map_listing'],
    ['/?utm_source=gmb', google, 'map_listing'],
    ['/?utm_source=yandex_maps&utm_medium=organic', '', 'map_listing'],
    ['/?utm_source=chatgpt.com', '', 'ai_search'],
    ['/?utm_source=esputnik&utm_medium=email&utm_campaign=welcome', 'https://mail.google.com/', 'email'],
    ['/?utm_source=esputnik&utm_medium=sms', '', 'sms'],
    ['/?utm_source=sendpulse&utm_medium=web_push', '', 'push'],
    ['/?utm_source=shop&utm_medium=viber', '', 'messenger'],
    ['/?utm_source=anna&utm_medium=blogger', 'https://www.instagram.com/', 'blogger'],
    ['/?utm_source=admitad&utm_medium=cpa', '', 'affiliate'],
    ['/?utm_source=metro&utm_medium=outdoor', '', 'offline_ad'],
    ['/?utm_source=parcel&utm_medium=qr', '', 'parcel'],
    ['/?utm_source=store&utm_medium=qr', '', 'store'],
    ['/?utm_source=friend&utm_medium=link', '', 'friend'],
    [
      '/?utm_source=%D1%80%D0%B0%D1%81%D1%81%D1%8B%D0%BB%D0%BA%D0%B0&utm_medium=%D1%80%D0%B0%D1%81%D1%81%D1%8B%D0%BB%D0%BA%D0%B0',
      '',
      'email',
    ],
    ['/?UTM_Source=Google&UTM_Medium=CPC', '', 'search_ad'],
    ['/?utm_source=yandex', '', 'search_ad'],
    ['/?utm_source=foo&utm_medium=bar', google, 'organic_search'],
    ['/?utm_source=foo&utm_medium=bar', '', 'unknown'],
    ['/?gclid=abc', google, 'search_ad'],
    ['/?gbraid=abc', '', 'search_ad'],
    ['/?yclid=123', 'https://yandex.ru/', 'search_ad'],
    ['/?ysclid=l9x', 'https://yandex.ru/', 'organic_search'],
    ['/?srsltid=AfmB', google, 'organic_search'],
    ['/?fbclid=IwAR', 'https://l.facebook.com/', 'social'],
    ['/?fbclid=IwAR&gclid=1', '', 'search_ad'],
    ['/?ttclid=E.C.P', '', 'social_ad'],
    ['/?rdt_cid=5', 'https://www.reddit.com/', 'social_ad'],
    ['/?msclkid=5', 'https://www.bing.com/', 'search_ad'],
    ['/?twclid=5', 'https://t.co/x', 'social_ad'],
    ['/?li_fat_id=5', '', 'social_ad'],
    ['/?rb_clickid=5', 'https://vk.com/', 'social_ad'],
    ['/?ymclid=5', 'https://market.yandex.ru/', 'price_comparison'],
    ['/?mc_eid=5', '', 'email'],
    ['/?utm_source=&utm_medium=', google, 'organic_search'],
    ['/?page=2#utm_source=google&utm_medium=cpc', google, 'organic_search'],
    ['/?utm_source=%E0%A4%A&gclid=1', '', 'search_ad'],
  ]
  test.each(table)('%s from "%s" → %s', (url, referrer, channel) => {
    expect(visit(url, referrer)).toBe(channel)
  })

  test('tags given with the event win over the address', () => {
    const utm = { source: 'esputnik', medium: 'email' }
    expect(classifyChannel({ kind: 'page', url: `${SHOP}/?gclid=1`, utm })).toBe('email')
  })

  test('without the list of own domains the page’s own host is the shop', () => {
    const input: ChannelInput = { kind: 'page', url: 'https://www.a.ua/b', referrer: 'https://a.ua/' }
    expect(classifyChannel(input)).toBe('site')
  })
})

describe('an event that is itself a contact', () => {
  const table: Array<[name: string, way: unknown, channel: Channel]> = [
    ['Contact Started', 'phone', 'phone'],
    ['Contact Started', 'Telegram', 'messenger'],
    ['Contact Started', 'live chat', 'chat'],
    ['Contact Started', 'callback', 'callback'],
    ['Contact Started', 'Обратный звонок', 'callback'],
    ['Contact Started', 'email', 'email'],
    ['Contact Started', 'chatbot', 'assistant'],
    ['Contact Answered', 'store', 'store'],
    ['Contact Started', { nested: true }, 'search_ad'],
    ['Contact Started', 'unknown', 'search_ad'],
    ['Email Opened', undefined, 'email'],
    ['Email Link Clicked', undefined, 'email'],
    ['Push Notification Tapped', undefined, 'push'],
    ['Live Chat Message Sent', undefined, 'chat'],
    ['Store Visited', undefined, 'store'],
    ['Parcel Opened', undefined, 'parcel'],
    ['Order Delivered', undefined, 'delivery'],
    ['Order Completed', 'phone', 'phone'],
    ['Order Completed', undefined, 'search_ad'],
    ['Product Viewed', 'phone', 'search_ad'],
  ]
  test.each(table)('%s (%j) on a page reached by an ad → %s', (name, way, channel) => {
    const url = `${SHOP}/?utm_source=google&utm_medium=cpc`
    expect(classifyChannel({ kind: 'track', name, way, url, shopDomains })).toBe(channel)
  })

  test('a step of buying without any page happened on the site, unless it came from a file', () => {
    expect(classifyChannel({ kind: 'track', name: 'Order Completed' })).toBe('site')
    expect(classifyChannel({ kind: 'track', name: 'Order Completed', imported: true })).toBe('unknown')
  })

  test('a screen is the app’s, an identity without a page is no contact', () => {
    expect(classifyChannel({ kind: 'screen', name: 'Home' })).toBe('app')
    expect(classifyChannel({ kind: 'identify' })).toBe('unknown')
    expect(classifyChannel({ kind: 'track', name: 'Something Else' })).toBe('unknown')
  })
})

describe('whatever comes in', () => {
  const part = fc.oneof(
    fc.string({ unit: 'binary', maxLength: 40 }),
    fc.constantFrom(
      '//',
      '?',
      '&',
      '=',
      '%',
      '%D0',
      'utm_source=',
      'gclid=',
      '://',
      '[::1',
      '@',
      ':',
      '.',
      'http',
    ),
  )
  const garbage = fc.oneof(
    fc.webUrl({ withQueryParameters: true }),
    fc.array(part).map((parts) => parts.join('')),
  )

  test('one of the declared channels comes out', () => {
    fc.assert(
      fc.property(garbage, garbage, garbage, fc.anything(), (url, referrer, name, way) => {
        const channel = classifyChannel({ kind: 'track', url, referrer, name, way, shopDomains })
        expect(isChannel(channel)).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('an address of a hundred thousand characters costs no more than its length', () => {
    const url = `https://a.ua/?${'a&'.repeat(50_000)}`
    const started = performance.now()
    for (let i = 0; i < 20; i++) visit(url, `https://${'a.'.repeat(10_000)}com/`)
    expect(performance.now() - started).toBeLessThan(20_000)
  })
})

describe('the rules', () => {
  test('name no place twice', () => {
    const lines = Object.values(SOURCES).flatMap((list) => list.trim().split(/\s+/))
    expect(lines.filter((line, index) => lines.indexOf(line) !== index)).toEqual([])
  })

  test('lead to declared channels only, each of which has its three traits', () => {
    for (const { channel } of CLICK_IDS.values()) expect(CHANNEL_KEYS).toContain(channel)
    for (const key of CHANNEL_KEYS) expect(Object.keys(CHANNELS[key])).toEqual(['presence', 'era', 'funding'])
  })
})
