import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { isRoute, listRecipes, recipes } from './recipes.ts'

const routes = readFileSync(new URL('../../../web/routes.tsx', import.meta.url), 'utf8')
const paths = [...routes.matchAll(/path: '([^']+)'/g)].map(([, path]) => `/s/$shop/${path}`)
const has = (path: string) => paths.some((route) => isRoute(route, path))

describe('the questions that owners ask most', () => {
  it('are ten, and the application answers those whose page it has', () => {
    expect(recipes).toHaveLength(10)
    expect(listRecipes(() => true).map(({ place }) => place)).toEqual(recipes.map(({ places }) => places[0]))
    expect(listRecipes(() => false)).toEqual([])
    expect(listRecipes(has).length).toBeGreaterThanOrEqual(9)
  })

  it('open the first page that there is', () => {
    const hasNoDrivers = (path: string) => path !== 'drivers'
    const found = listRecipes(hasNoDrivers)
    expect(found.find(({ key }) => key === 'who_is_content')?.place.path).toBe('channel-mix')
    expect(found.some(({ key }) => key === 'mend_first')).toBe(false)
  })

  it.each([
    ['/s/$shop/map/stage/$stage', 'map/stage/delivery', true],
    ['/s/$shop/map', 'map/stage/delivery', false],
    ['/s/$shop/map', 'map', true],
    ['/map', 'map', false],
    ['/s/$shop/', 'map', false],
  ])('%s is the page of %s: %s', (route, path, expected) => {
    expect(isRoute(route, path)).toBe(expected)
  })

  it.each(['ru', 'uk', 'en'])('have words in %s', (language) => {
    const file = new URL(`../../../web/locales/${language}/boards.json`, import.meta.url)
    const words = JSON.parse(readFileSync(file, 'utf8')) as { recipe: Record<string, string> }
    expect(Object.keys(words.recipe)).toEqual(recipes.map(({ key }) => key))
  })
})
