export type Address = {
  /** Whether the page belongs to somebody who is signed in. */
  isBehindSignIn: boolean
  isMap: boolean
  /** The shop in the address; on `/` there is none. */
  shop: string | undefined
  search: Record<string, unknown>
}

/** What the address says about the page to come, read as the router will, which isn't there yet. */
export function readAddress({ pathname, search }: { pathname: string; search: string }): Address {
  const [, shop, page] = /^\/s\/(\d+)(?:\/(.*))?$/.exec(pathname) ?? []
  return {
    isBehindSignIn: pathname === '/' || shop !== undefined,
    isMap: shop !== undefined && /^map\/?$/.test(page ?? ''),
    shop,
    search: Object.fromEntries(
      [...new URLSearchParams(search)].map(([key, value]) => [key, readValue(value)]),
    ),
  }
}

/** Numbers, `true` and the like are JSON in the address, texts are mostly bare. */
function readValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
