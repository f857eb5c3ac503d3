import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

/** What axe finds wrong on the page as it stands, as `rule: element`. */
export async function findBarriers(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  type Finding = { id: string; nodes: { html: string }[] }
  const { violations } = (await page.evaluate('axe.run()')) as { violations: Finding[] }
  return violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`))
}
