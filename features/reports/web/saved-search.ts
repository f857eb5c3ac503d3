/** The question of an address without the saved report from which it was opened. */
export function searchTextOf(searchText: string): string {
  const parameters = new URLSearchParams(searchText)
  parameters.delete('saved')
  return parameters.toString()
}

/** Whether two addresses ask the same, whatever the order of their parts. */
export function isSameSearch(one: string, other: string): boolean {
  const normal = (text: string) => {
    const parameters = new URLSearchParams(searchTextOf(text))
    parameters.sort()
    return parameters.toString()
  }
  return normal(one) === normal(other)
}

/** The address of a saved report's page, which remembers under which name the question is kept. */
export function writeSavedAddress(shop: number, saved: { id: number; path: string; search: string }): string {
  const parameters = new URLSearchParams(searchTextOf(saved.search))
  parameters.set('saved', String(saved.id))
  return `/s/${shop}/${saved.path}?${parameters}`
}
