import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'

const fileOf = (room: string) => new URL(`../features/${room}/web/pages.tsx`, import.meta.url)
const routes = [
  './routes.tsx',
  ...readdirSync(new URL('./routes', import.meta.url)).map((name) => `./routes/${name}`),
]
  .map((path) => readFileSync(new URL(path, import.meta.url), 'utf8'))
  .join('\n')
const asked = [...routes.matchAll(/\bpage\('(\w+)', '(\w+)'\)/g)].map(([, room = '', name = '']) => ({
  room,
  name,
}))

/** What `export const pages = {…}` of a room names, by key or by shorthand. */
function listPages(room: string): string[] {
  const body = /export const pages\b[^{]*\{([^}]*)\}/.exec(readFileSync(fileOf(room), 'utf8'))?.[1] ?? ''
  return body.split(',').flatMap((entry) => /\w+/.exec(entry)?.[0] ?? [])
}

describe('the routes', () => {
  it('lead to pages of rooms', () => {
    expect(asked.map(({ room }) => room)).toEqual(expect.arrayContaining(['people', 'orders', 'accounts']))
  })

  for (const { room, name } of asked)
    it.skipIf(!existsSync(fileOf(room)))(`find the page ${name} in the room ${room}`, () => {
      expect(listPages(room)).toContain(name)
    })
})
