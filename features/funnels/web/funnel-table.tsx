import { useTranslation } from 'react-i18next'
import { useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { formatSpan } from '../../journeys/web/parts.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { FunnelAnswer, Share } from '../contract.ts'
import classes from './funnel.module.css'
import { digitsOf } from './share-digits.ts'
import { useFunnelNames } from './use-names.ts'

const ShareCell = ({ share }: { share: Share | null }) =>
  share ? <Estimate {...share} n={share.of} digits={digitsOf(share.share)} /> : '–'

/** The same figures for whoever reads numbers rather than pictures, with how long it took. */
export function FunnelTable({ answer }: { answer: FunnelAnswer }) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const { nameStep } = useFunnelNames()
  const rows = answer.steps.map((step, index) => ({ ...step, place: index + 1 }))
  return (
    <div className={classes.tight}>
      <Section title={t('table.title')} flush>
        <DataTable
          label={t('table.title')}
          list={wholeList(rows)}
          rowKey={({ place }) => String(place)}
          columns={[
            { key: 'step', header: t('table.step'), cell: ({ step }) => nameStep(step) },
            {
              key: 'n',
              header: t(`per.${answer.way.per}`),
              align: 'end',
              cell: ({ n }) => <Num value={n} />,
            },
            {
              key: 'first',
              header: t('table.ofFirst'),
              align: 'end',
              cell: ({ place, ofFirst }) => <ShareCell share={place > 1 ? ofFirst : null} />,
            },
            {
              key: 'before',
              header: t('table.ofPrevious'),
              align: 'end',
              cell: ({ ofPrevious }) => <ShareCell share={ofPrevious} />,
            },
            {
              key: 'half',
              header: t('table.half'),
              align: 'end',
              cell: ({ took }) => (took ? formatSpan(took.half, locale) : '–'),
            },
            {
              key: 'nearly',
              header: t('table.nearlyAll'),
              align: 'end',
              cell: ({ took }) => (took ? formatSpan(took.nearlyAll, locale) : '–'),
            },
          ]}
          empty={null}
        />
      </Section>
    </div>
  )
}
