import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'

const project = fileURLToPath(new URL('../../..', import.meta.url))
const languages = ['ru', 'uk', 'en']

/** Every `thing.happened` that some room notes in the log, as its source spells it. */
function listActions(): string[] {
  const files = (readdirSync(`${project}features`, { recursive: true }) as string[]).filter(
    (path) => /^[^/]+\/server\/.*\.ts$/.test(path) && !path.endsWith('.test.ts'),
  )
  const texts = files.map((path) => readFileSync(`${project}features/${path}`, 'utf8'))
  const spelled = texts
    .filter((text) => /recordAudit|recordForMember|removeMember/.test(text))
    .flatMap(listSpelled)
  return [...new Set(spelled)].sort()
}

const listSpelled = (text: string) =>
  text
    .split('\n')
    .filter((line) => /\baction\b|removeMember\(/.test(line))
    .flatMap((line) => [...line.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, action = '']) => action))

/** `audit.<part>.<action>` of all rooms' words. */
function listWords(language: string, part: 'did' | 'kind'): string[] {
  const folder = `${project}web/locales/${language}`
  return readdirSync(folder)
    .filter((file) => file.endsWith('.json'))
    .flatMap((file) => {
      const { audit = {} } = JSON.parse(readFileSync(`${folder}/${file}`, 'utf8'))
      return Object.entries((audit[part] ?? {}) as Record<string, Record<string, string>>)
    })
    .flatMap(([thing, happened]) => Object.keys(happened).map((key) => `${thing}.${key}`))
}

it('finds what the rooms note', () => {
  expect(listActions()).toEqual(expect.arrayContaining(['key.replaced', 'member.left', 'shop.changed']))
})

describe.each(languages)('the log in %s', (language) => {
  it('has a sentence and a name for each action of every room', () => {
    expect(listActions().filter((action) => !listWords(language, 'did').includes(action))).toEqual([])
    expect(listActions().filter((action) => !listWords(language, 'kind').includes(action))).toEqual([])
  })
})
