import { Button } from '@mantine/core'
import { IconDownload, IconFilter } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { FunnelAnswer } from '../contract.ts'
import { FunnelChoosers } from './funnel-choosers.tsx'
import { toFunnelCsv } from './funnel-csv.ts'
import { FunnelGroups } from './funnel-groups.tsx'
import { FunnelLeaving } from './funnel-leaving.tsx'
import { FunnelPersonsList } from './funnel-persons-list.tsx'
import { FunnelPicture } from './funnel-picture.tsx'
import { FunnelTable } from './funnel-table.tsx'
import { References } from './references.tsx'
import { StepEditor } from './step-editor.tsx'
import { useFunnel, useFunnelAddress } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

/** How far customers come on the way to an order, and where they leave it. */
export function FunnelPage() {
  const { t } = useTranslation('funnels')
  const address = useFunnelAddress()
  const funnel = useFunnel(address.search)
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={funnel.data && <TakeCsv answer={funnel.data} by={address.search.by ?? ''} />}
      />
      <FunnelChoosers address={address} />
      {funnel.isError && <ErrorState error={funnel.error} onRetry={() => void funnel.refetch()} />}
      {funnel.isPending && <div aria-busy="true" style={{ minHeight: 320 }} />}
      {funnel.data && !funnel.isError && (
        <Found answer={funnel.data} isOutdated={funnel.isPlaceholderData} address={address} />
      )}
      <StepEditor key={JSON.stringify(address.search.steps)} address={address} />
      <References />
    </>
  )
}

type FoundProps = { answer: FunnelAnswer; isOutdated: boolean; address: ReturnType<typeof useFunnelAddress> }

function Found({ answer, isOutdated, address }: FoundProps) {
  const { t } = useTranslation('funnels')
  const { by } = address.search
  if (answer.steps[0]?.n === 0)
    return (
      <Section>
        <EmptyState icon={<IconFilter />} title={t('empty.title')}>
          {t('empty.why')}
        </EmptyState>
      </Section>
    )
  return (
    <div aria-busy={isOutdated}>
      {answer.leaving && <FunnelLeaving leaving={answer.leaving} />}
      <Section
        title={t('picture.title')}
        hint={answer.way.isOver ? undefined : t('picture.open', { count: Math.ceil(answer.way.windowDays) })}
      >
        <FunnelPicture answer={answer} open={address.open} />
      </Section>
      <FunnelPersonsList answer={answer} address={address} />
      {by && <FunnelGroups answer={answer} by={by} />}
      <FunnelTable answer={answer} />
    </div>
  )
}

function TakeCsv({ answer, by }: { answer: FunnelAnswer; by: string }) {
  const { t } = useTranslation('funnels')
  const { nameStep, nameValue } = useFunnelNames()
  const take = () => {
    const text = toFunnelCsv(answer, nameStep, (value) => nameValue(by, value))
    const url = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
    const link = Object.assign(document.createElement('a'), { href: url, download: 'funnel.csv' })
    link.click()
    setTimeout(() => URL.revokeObjectURL(url), 10_000)
  }
  return (
    <Button variant="default" leftSection={<IconDownload size={17} stroke={1.7} />} onClick={take}>
      {t('csv')}
    </Button>
  )
}
