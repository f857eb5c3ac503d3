import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import type { Page } from 'playwright-core'

const axe = await readFile(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Finding {
  id: string
  nodes: { html: string; failureSummary: string }[]
}

/** What axe finds wrong on the page as it stands, or in one part of it, as `rule: element: what to mend`. */
export async function findBarriers(page: Page, part = 'html'): Promise<string[]> {
  await page.evaluate(axe)
  // What it finds right is much, and would take longer to bring here than to find.
  const violations = (await page.evaluate(
    `axe.run(${JSON.stringify(part)}, { resultTypes: ['violations'] }).then(({ violations }) =>
      violations.map(({ id, nodes }) => ({
        id, nodes: nodes.map(({ html, failureSummary }) => ({ html, failureSummary })),
      })))`,
  )) as Finding[]
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ html, failureSummary }) => `${id}: ${html.slice(0, 160)}: ${failureSummary}`),
  )
}
