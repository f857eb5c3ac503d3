import type { LinkProps } from '@tanstack/react-router'

/**
 * A link to a page below the shop's address with a question as the address says it. Saved questions name pages that the
 * router knows; its types would have each of them spelled out.
 */
export function linkTo(shop: number, path: string, search: string): LinkProps {
  return { to: `/s/${shop}/${path}`, search: parseSearch(search) } as object as LinkProps
}

/** Reads an address as the router does: numbers, lists and the like are JSON, texts are mostly bare. */
export function parseSearch(search: string): Record<string, unknown> {
  return Object.fromEntries([...new URLSearchParams(search)].map(([key, value]) => [key, parseValue(value)]))
}

function parseValue(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
