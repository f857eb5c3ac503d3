import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { getDefaultRegistry } from '../../../touchpoints/server/reads.ts'
import { prepareMessage } from '../pipeline.ts'
import { toRejectRow } from '../record.ts'
import { mask, maskMessage } from './mask-addresses.ts'
import type { StepContext } from './step.ts'

const HEX = '0123456789abcdef0123456789abcdef'

describe('what is replaced by a star', () => {
  test.each([
    ['https://s.ua/?access_token=abc&x=1', 'https://s.ua/?access_token=*&x=1'],
    ['/reset?user-email=o@x.ua&step=2', '/reset?user-email=*&step=2'],
    ['?mobile_PHONE=%2B380501112233', '?mobile_PHONE=*'],
    [
      '?password=1&passphrase=2&pwd=3&secret=4&apikey=5&sid=6',
      '?password=*&passphrase=*&pwd=*&secret=*&apikey=*&sid=*',
    ],
    ['?code=1234&tel=0501112233', '?code=*&tel=*'],
    ['/u/olena.p+shop@example.com/orders', '/u/*/orders'],
    ['/u/olena%40example.com', '/u/*'],
    ['a@b@c', '*@c'],
    [`/invite/${HEX}/go`, '/invite/*/go'],
  ])('%s → %s', (given, masked) => {
    expect(mask(given)).toBe(masked)
  })

  test.each([
    ['/product/kettle-1500?utm_source=newsletter&utm_medium=email&utm_campaign=november'],
    ['https://s.ua/?gclid=Cj0KCQiA&fbclid=IwAR0abc&yclid=123456789012345678901234567890'],
    ['?promocode=AUTUMN&size=42'],
    ['/@shop/about@'],
    [HEX.slice(1)],
    [''],
  ])('%s stays as it is', (given) => {
    expect(mask(given)).toBe(given)
  })

  /** The browser script's own rule in one expression (tracker/page.ts). */
  const SCRIPT =
    /((token|mail|phone|pass\w*|pwd|secret|key|sid|[?&](code|tel))=)[^&#]+|[\w.+-]{1,64}(@|%40)[\w.-]+/gi

  test('e-mails and parameters come out as the browser script has them', () => {
    const part = fc.constantFrom(
      ...['?', '&', '=', '/', '@', '%40', '.', 'code', 'tel', 'token', 'pass', 'x', 'olena', 'shop.ua'],
    )
    fc.assert(
      fc.property(fc.array(part, { maxLength: 14 }), (parts) => {
        const text = parts.join('')
        // Where an address stands inside of a name or a name inside of an address both hide it, in another order.
        fc.pre(!/(@|%40)[\w.-]*=|=.*=/.test(text))
        expect(mask(text)).toBe(text.replace(SCRIPT, '$1*'))
      }),
    )
  })

  test('a long hostile text is read once', () => {
    const began = performance.now()
    for (const part of ['pass', 'a@', 'a.', `${HEX.slice(1)}g`, '&key=', `${'x'.repeat(63)}@`])
      mask(part.repeat(100_000 / part.length))
    expect(performance.now() - began).toBeLessThan(5_000)
  })
})

const context: StepContext = {
  shop: 7,
  source: 3,
  origin: 'http',
  receivedAt: Date.UTC(2026, 10, 22),
  skew: 0,
  kind: undefined,
  optedOut: false,
  isBrowser: false,
  isTextClean: false,
  currency: 'UAH',
  domains: ['s.ua'],
  phoneCountry: 'UA',
  consentMode: 'respect',
  registry: getDefaultRegistry(),
}

const page = {
  url: 'https://s.ua/confirm?token=T0P&utm_source=letter#access_token=T0P',
  path: '/confirm/olena@example.com',
  referrer: 'https://mail.example/?user_mail=olena@example.com',
  search: '?token=T0P&utm_source=letter',
  title: 'Confirm',
}
const view = {
  type: 'page',
  anonymousId: 'a',
  messageId: 'm',
  context: { page, library: { name: 'analytics.js' } },
  properties: page,
}

describe('a message of a client that masks nothing', () => {
  test('nothing of a secret or a person is kept, and the campaign is', () => {
    const row = prepareMessage(view, context)
    expect(JSON.stringify(row)).not.toMatch(/T0P|olena/)
    expect(row).toMatchObject({
      url: 'https://s.ua/confirm?token=*&utm_source=letter',
      path: '/confirm/*',
      referrer: 'https://mail.example/?user_mail=*',
      utm_source: 'letter',
    })
    expect(view.context.page.path).toBe('/confirm/olena@example.com')
  })

  test('what is refused is kept without them too', () => {
    const row = toRejectRow({ ...view, type: 'pagé' }, 'unknown_type', '', context)
    expect(row.payload).toContain('utm_source=letter')
    expect(row.payload).not.toMatch(/T0P|olena/)
  })

  test('words that were searched for are masked; a hash stays where it is a path', () => {
    const masked = maskMessage({
      properties: {
        query: 'olena@example.com',
        url: 'https://s.ua/#/cart?key=1',
        email: 'olena@example.com',
      },
    })
    expect(masked).toEqual({
      properties: { query: '*', url: 'https://s.ua/#/cart?key=*', email: 'olena@example.com' },
    })
  })

  test('a message with nothing to hide stays the very same', () => {
    const clean = { properties: { url: 'https://s.ua/p/1', path: 7 }, context: { page: 'none' } }
    expect(maskMessage(clean)).toBe(clean)
  })
})
