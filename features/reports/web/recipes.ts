/** A page below the shop's address, and the question with which it opens. */
export interface Place {
  path: string
  search: string
}

/**
 * The questions that owners ask most, each with the page that answers it, opened ready. Of several places the first that the
 * application has is taken. `key` names its words in `boards.json` under `recipe`.
 */
export const recipes = [
  { key: 'where_we_lose', places: [{ path: 'map', search: 'period=90&compare=previous' }] },
  { key: 'mend_first', places: [{ path: 'drivers', search: 'days=365&outcome=ordered' }] },
  {
    key: 'not_bought_out',
    places: [
      { path: 'drivers', search: 'days=365&outcome=bought_out' },
      { path: 'orders', search: '' },
    ],
  },
  { key: 'coming_back', places: [{ path: 'cohorts', search: 'days=365&size=month&returns=order' }] },
  { key: 'which_ads', places: [{ path: 'attribution', search: 'days=90' }] },
  {
    key: 'quick_answer',
    places: [
      { path: 'drivers', search: 'days=365&outcome=ordered&driver=chat.first_answer_seconds' },
      { path: 'map/stage/contact', search: '' },
    ],
  },
  { key: 'keep_promise', places: [{ path: 'map/stage/delivery', search: 'period=90' }] },
  {
    key: 'what_changed',
    places: [
      { path: 'changes', search: '' },
      { path: 'map', search: 'period=30&compare=previous' },
    ],
  },
  {
    key: 'did_it_help',
    places: [
      { path: 'decisions', search: 'decision=latest' },
      { path: 'reviews', search: '' },
    ],
  },
  {
    key: 'who_is_content',
    places: [
      { path: 'drivers', search: 'days=365&outcome=rating' },
      { path: 'channel-mix', search: 'days=90' },
    ],
  },
] as const satisfies { key: string; places: readonly Place[] }[]

export type RecipeKey = (typeof recipes)[number]['key']

/** The recipes that this application can answer, each with its place; `has` says whether there is a page at a path. */
export function listRecipes(has: (path: string) => boolean): { key: RecipeKey; place: Place }[] {
  return recipes.flatMap(({ key, places }) => {
    const place = (places as readonly Place[]).find(({ path }) => has(path))
    return place ? [{ key, place }] : []
  })
}

/** Whether one of the router's paths (`/s/$shop/map/stage/$stage`) is that of a page below the shop's address. */
export function isRoute(route: string, path: string): boolean {
  const [parts, asked] = [route.split('/').slice(3), path.split('/')]
  return (
    route.startsWith('/s/$shop/') &&
    parts.length === asked.length &&
    parts.every((part, at) => part.startsWith('$') || part === asked[at])
  )
}
