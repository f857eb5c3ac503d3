import { expect, it } from 'vitest'
import { describeUserAgent } from './user-agent.ts'

const windows = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko)'
const mac = 'Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko)'
const android = 'Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko)'
const iphone =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 17_4 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko)'

it.each([
  [`${windows} Chrome/138.0.0.0 Safari/537.36`, 'Chrome, Windows'],
  [`${windows} Chrome/138.0.0.0 Safari/537.36 Edg/138.0.0.0`, 'Edge, Windows'],
  [`${windows} Chrome/136.0.0.0 YaBrowser/25.6.0.0 Safari/537.36`, 'Yandex Browser, Windows'],
  [`${mac} Version/18.4 Safari/605.1.15`, 'Safari, macOS'],
  ['Mozilla/5.0 (X11; Ubuntu; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [`${android} Chrome/138.0.0.0 Mobile Safari/537.36`, 'Chrome, Android'],
  [`${android} SamsungBrowser/28.0 Chrome/130.0.0.0 Mobile Safari/537.36`, 'Samsung Internet, Android'],
  [`${iphone} Version/17.4 Mobile/15E148 Safari/604.1`, 'Safari, iPhone'],
  [`${iphone} CriOS/138.0.7204.156 Mobile/15E148 Safari/604.1`, 'Chrome, iPhone'],
  ['curl/8.5.0', undefined],
  ['', undefined],
])('%s is shown as %s', (userAgent, words) => {
  expect(describeUserAgent(userAgent)).toBe(words)
})
