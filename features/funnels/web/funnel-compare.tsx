import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
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
  const { nameStep } = useFunnelNames()
  if (!answer.other) return null
  const rows = answer.other.steps.map((other, index) => ({
    own: answer.steps[index] as Row['own'],
    other,
    place: index + 1,
  }))
  const end = (key: string, header: string, cell: (row: Row) => ReactNode) => ({
    key,
    header,
    align: 'end' as const,
    cell,
  })
  return (
    <div className={classes.tight}>
      <Section title={t('compare.title')} hint={t('compare.hint')} flush>
        <DataTable<Row>
          label={t('compare.title')}
          list={wholeList(rows)}
          rowKey={({ place }) => String(place)}
          columns={[
            { key: 'step', header: t('table.step'), cell: ({ own }) => nameStep(own.step) },
            end('other', t('compare.otherN'), (row) => <OtherCount row={row} open={open} />),
            end('own', t('table.ofPrevious'), ({ own }) => <ShareCell share={own.ofPrevious} />),
            end('before', t('compare.otherShare'), ({ other }) => <ShareCell share={other.ofPrevious} />),
            end('change', t('compare.change'), (row) => <StepChange row={row} of="Previous" />),
            end('whole', t('compare.changeOfFirst'), (row) => <StepChange row={row} of="First" />),
          ]}
          empty={null}
        />
      </Section>
    </div>
  )
}

function OtherCount({ row: { other, place }, open }: { row: Row; open: FunnelAddress['open'] }) {
  const locale = useLocale()
  const show = () => open({ step: place, kind: 'reached', isOther: true })
  return (
    <UnstyledButton className={classes.who} onClick={show}>
      {formatNumber(other.n, locale)}
    </UnstyledButton>
  )
}

/** Everybody counted has made the first step, so there is nothing to compare. */
function StepChange({ row: { own, other, place }, of }: { row: Row; of: 'First' | 'Previous' }) {
  if (place === 1) return '–'
  return <ChangeCell change={other[`changeOf${of}`]} own={own[`of${of}`]} other={other[`of${of}`]} />
}
