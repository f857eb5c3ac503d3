import { Button } from '@mantine/core'
import { IconFilter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { ReportPage } from '../../reports/web/parts.ts'
import type { FunnelAnswer } from '../contract.ts'
import { ORDER_STEPS } from '../vocabulary.ts'
import { FunnelChoosers } from './funnel-choosers.tsx'
import { FunnelCompare } from './funnel-compare.tsx'
import { FunnelGroups } from './funnel-groups.tsx'
import { FunnelLeaving } from './funnel-leaving.tsx'
import { FunnelPersonsList } from './funnel-persons-list.tsx'
import { FunnelPicture } from './funnel-picture.tsx'
import { FunnelSentences } from './funnel-sentences.tsx'
import { FunnelTable } from './funnel-table.tsx'
import { toFunnelTables } from './funnel-tables.ts'
import { FunnelTimes } from './funnel-times.tsx'
import { References } from './references.tsx'
import { StepEditor } from './step-editor.tsx'
import { type FunnelAddress, useFunnel, useFunnelAddress } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

/** How far customers come on the way to an order, and where they leave it. */
export function FunnelPage() {
  const { t } = useTranslation('funnels')
  const address = useFunnelAddress()
  const funnel = useFunnel(address.search)
  const { nameStep, nameValue } = useFunnelNames()
  const { by = '' } = address.search
  const words = {
    say: t as unknown as (key: string) => string,
    nameStep,
    nameValue: (value: string | null) => nameValue(by, value),
  }
  return (
    <>
      <ReportPage
        title={t('title')}
        subtitle={t('subtitle')}
        query={funnel}
        choosers={<FunnelChoosers address={address} />}
        definition={<Definition />}
        tables={(answer) => toFunnelTables(answer, words)}
        fileName="funnel"
        onSample={(sample) => address.change({ sample })}
      >
        {(answer) => <Found answer={answer} address={address} />}
      </ReportPage>
      <StepEditor key={JSON.stringify(address.search.steps)} address={address} />
      <References />
    </>
  )
}

const PARAGRAPHS = ['person', 'attempt', 'skip', 'share', 'visits', 'time', 'compare', 'groups'] as const

function Definition() {
  const { t } = useTranslation('funnels')
  return PARAGRAPHS.map((one) => <p key={one}>{t(`means.${one}`)}</p>)
}

function Found({ answer, address }: { answer: FunnelAnswer; address: FunnelAddress }) {
  const { t } = useTranslation('funnels')
  const { by } = address.search
  if (answer.steps[0]?.n === 0) return <Nobody address={address} />
  return (
    <>
      <FunnelSentences answer={answer} />
      <Section
        title={t('picture.title')}
        hint={answer.way.isOver ? undefined : t('picture.open', { count: Math.ceil(answer.way.windowDays) })}
      >
        <FunnelPicture answer={answer} open={address.open} />
      </Section>
      <FunnelPersonsList answer={answer} address={address} />
      {answer.leaving && (
        <FunnelLeaving leaving={answer.leaving} other={answer.other?.leaving} open={address.open} />
      )}
      <FunnelCompare answer={answer} open={address.open} />
      <FunnelTimes answer={answer} />
      {by && <FunnelGroups answer={answer} by={by} open={address.open} />}
      <FunnelTable answer={answer} />
    </>
  )
}

/** A shop that has brought its orders alone still has a way to look at. */
function Nobody({ address }: { address: FunnelAddress }) {
  const { t } = useTranslation('funnels')
  return (
    <Section>
      <EmptyState
        icon={<IconFilter />}
        title={t('empty.title')}
        action={
          address.search.steps ? undefined : (
            <Button onClick={() => address.change({ steps: ORDER_STEPS })}>{t('empty.orders')}</Button>
          )
        }
      >
        {address.search.steps ? t('empty.why') : t('empty.standard')}
      </EmptyState>
    </Section>
  )
}
