import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8')

/** The colours of one block of tokens.css by name. */
function readColours(block: string): Map<string, string> {
  const start = css.indexOf(`${block} {`)
  const body = css.slice(start, css.indexOf('}', start))
  return new Map(
    [...body.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', hex = '']) => [name, hex]),
  )
}

const schemes = {
  light: readColours(':root'),
  dark: readColours(':root[data-mantine-color-scheme="dark"]'),
}

/** Relative luminance and contrast by WCAG 2.2, "relative luminance" and "contrast ratio". */
function luminanceOf(hex: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const channel = Number.parseInt(hex.slice(at, at + 2), 16) / 255
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}

function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminanceOf(one), luminanceOf(other)].sort((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

const grounds = ['paper', 'card', 'sunk', 'hover']
const texts = [
  ...['ink', 'mute', 'link', 'won-ink', 'lost-ink', 'even-ink'].flatMap((ink) =>
    grounds.map((on) => [ink, on]),
  ),
  ...['won', 'lost', 'even'].map((tone) => [`${tone}-ink`, `${tone}-soft`]),
  ['link', 'link-soft'],
  ['on-link', 'link'],
  ['on-link', 'link-strong'],
  ['on-won', 'won-ink'],
  ['on-lost', 'lost-ink'],
]
const marks = ['won', 'lost', 'even'].flatMap((tone) => ['paper', 'card'].map((on) => [tone, on]))

describe.each(Object.entries(schemes))('the %s colours', (_scheme, colours) => {
  const contrast = (one = '', other = '') => contrastOf(colours.get(one) ?? '', colours.get(other) ?? '')

  it('have the same names in both schemes', () => {
    expect([...colours.keys()].sort()).toEqual([...schemes.light.keys()].sort())
  })

  it.each(texts)('can be read: %s on %s', (ink, on) => {
    expect(contrast(ink, on)).toBeGreaterThanOrEqual(4.5)
  })

  it.each(marks)('can be seen as a mark: %s on %s', (tone, on) => {
    expect(contrast(tone, on)).toBeGreaterThanOrEqual(3)
  })
})
