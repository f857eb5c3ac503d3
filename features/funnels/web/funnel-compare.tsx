import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { FunnelAnswer, OtherStep, Share } from '../contract.ts'
import { ChangeCell } from './change-words.tsx'
import classes from './funnel.module.css'
import { digitsOf } from './share-digits.ts'
import type { FunnelAddress } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

type Row = { own: FunnelAnswer['steps'][number]; other: OtherStep; place: number }

const ShareCell = ({ share }: { share: Share | null }) =>
  share ? <Estimate {...share} n={share.of} digits={digitsOf(share.share)} /> : '–'

/** Step by step beside the other period or segment: where the way became better or worse. */
export function FunnelCompare({ answer, open }: { answer: FunnelAnswer; open: FunnelAddress['open'] }) {
  const { t } = useTranslation('funnels')
  const locale = useLocale()
  const { nameStep } = useFunnelNames()
  if (!answer.other) return null
  const rows = answer.other.steps.map((other, index) => ({
    own: answer.steps[index] as Row['own'],
    other,
    place: index + 1,
  }))
  return (
    <Section title={t('compare.title')} hint={t('compare.hint')} flush>
      <DataTable<Row>
        label={t('compare.title')}
        list={wholeList(rows)}
        rowKey={({ place }) => String(place)}
        columns={[
          { key: 'step', header: t('table.step'), cell: ({ own }) => nameStep(own.step) },
          {
            key: 'other',
            header: t('compare.otherN'),
            align: 'end',
            cell: ({ other, place }) => (
              <UnstyledButton
                className={classes.who}
                onClick={() => open({ step: place, kind: 'reached', isOther: true })}
              >
                {formatNumber(other.n, locale)}
              </UnstyledButton>
            ),
          },
          {
            key: 'own',
            header: t('table.ofPrevious'),
            align: 'end',
            cell: ({ own }) => <ShareCell share={own.ofPrevious} />,
          },
          {
            key: 'before',
            header: t('compare.otherShare'),
            align: 'end',
            cell: ({ other }) => <ShareCell share={other.ofPrevious} />,
          },
          {
            key: 'change',
            header: t('compare.change'),
            align: 'end',
            cell: ({ own, other, place }) =>
              place === 1 ? (
                '–'
              ) : (
                <ChangeCell change={other.changeOfPrevious} own={own.ofPrevious} other={other.ofPrevious} />
              ),
          },
          {
            key: 'whole',
            header: t('compare.changeOfFirst'),
            align: 'end',
            cell: ({ own, other, place }) =>
              place === 1 ? (
                '–'
              ) : (
                <ChangeCell change={other.changeOfFirst} own={own.ofFirst} other={other.ofFirst} />
              ),
          },
        ]}
        empty={null}
      />
    </Section>
  )
}
