import { download } from '../../../../web/download.ts'
import { useShop } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { ReportMeta } from '../../contract.ts'
import { useReportFacts } from '../report-facts.ts'
import type { ReportTable } from '../report-frame.ts'
import { useSampleWords } from '../sample-banner.tsx'
import type { ReportFile } from './report-file.ts'
import { writeCsv } from './write-csv.ts'

export interface TakenReport {
  title: string
  fileName: string
  meta: ReportMeta
  tables: () => ReportTable[]
  body: React.RefObject<HTMLElement | null>
  /** Holds the definition, rendered and out of sight. */
  definition: React.RefObject<HTMLElement | null>
}

/** The ways to take a report along as a file. What a kind of file needs is fetched when it is chosen. */
export function useReportFiles({ title, fileName, meta, tables, body, definition }: TakenReport) {
  const { t } = useTranslation('reports')
  const shop = useShop()
  const factsOf = useReportFacts()
  const sampleOf = useSampleWords()
  const name = `${fileName}-${meta.fromDay}-${meta.toDay}`
  const describe = (): ReportFile => ({
    title,
    shop: shop.name,
    currency: meta.currency,
    fileName: name,
    facts: factsOf(meta),
    sample: sampleOf(meta),
    definition: readParagraphs(definition.current),
    link: window.location.href,
    tables: tables(),
    words: {
      about: t('about.sheet'),
      shop: t('about.shop'),
      link: t('about.link'),
      definition: t('about.definition'),
    },
  })
  return {
    csv(table: ReportTable): void {
      const text = writeCsv(table, meta.currency)
      const part = tables().length > 1 ? `-${toFileName(table.name)}` : ''
      download(new Blob([text], { type: 'text/csv;charset=utf-8' }), `${name}${part}.csv`)
    },
    async xlsx(): Promise<void> {
      const { writeXlsx } = await import('./write-xlsx.ts')
      download(await writeXlsx(describe()), `${name}.xlsx`)
    },
    async png(): Promise<void> {
      if (!body.current) return
      const { takePicture } = await import('./take-picture.ts')
      const facts = factsOf(meta)
        .filter(({ key }) => key === 'period' || key === 'segment' || key === 'compared')
        .map(({ value }) => value)
      download(
        await takePicture(body.current, { title, facts: [shop.name, ...facts].join(' · ') }),
        `${name}.png`,
      )
    },
  }
}

/** The text of a definition, block by block. */
function readParagraphs(node: HTMLElement | null): string[] {
  if (!node) return []
  const blocks = [...node.querySelectorAll('p, li, dt, dd, h2, h3, h4')]
  const texts = (blocks.length > 0 ? blocks : [node]).map((one) => one.textContent?.trim() ?? '')
  return texts.filter((text) => text !== '')
}

/** A table's name as part of a file's: letters and digits of any language. */
const toFileName = (name: string) =>
  name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .slice(0, 40)
