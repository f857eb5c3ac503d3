import { guard } from './guard.ts'
import { data } from './options.ts'
import { ask, path } from './page.ts'

/**
 * Which template made the page: by the shop's names for parts of the path ({"/catalog/": "catalogue"}, the first that
 * occurs), else as the page says, else by the shape of its path: /product/123 and /product/black-tea-assam are both
 * /product/*.
 */
export function findTemplate(): string {
  const names = guard(JSON.parse)(data.templates as string)
  for (const part in names) if (path().includes(part)) return names[part]
  return (
    document.body.dataset.template ||
    // Most engines say "website" of every page.
    ask('[property="og:type"]:not([content=website])', 'content') ||
    // What has a digit, or two hyphens or more, is one of many.
    path().replace(/\/[^/]*(\d|-[^/]*-)[^/]*/g, '/*')
  )
}
