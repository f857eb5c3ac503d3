import { IconMessages } from '@tabler/icons-react'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { CompareChooser, PeriodChooser, ReportPage, SegmentChooser } from '../../reports/web/parts.ts'
import type { ChannelMix } from '../contract.ts'
import { AdjustingNote } from './adjusting-note.tsx'
import { hasNoCare } from './find-news.ts'
import { MixChanges } from './mix-changes.tsx'
import { MixOrdersList } from './mix-orders-list.tsx'
import { MixPicture } from './mix-picture.tsx'
import { MixSentences } from './mix-sentences.tsx'
import { toTables } from './mix-tables.ts'
import { MixesTable } from './mixes-table.tsx'
import { NoCare } from './no-care.tsx'
import { Recommendation } from './recommendation.tsx'
import { type MixAddress, useChannelMix, useMixAddress } from './use-channel-mix.ts'

/** Which ways of care belong to orders, and how content their customers are, also with problems alike. */
export function ChannelMixPage() {
  const { t } = useTranslation('channel-mix')
  const address = useMixAddress()
  const { search, change } = address
  const query = useChannelMix(search)
  return (
    <ReportPage
      title={t('title')}
      subtitle={t('subtitle')}
      query={query}
      fileName="channel-mix"
      choosers={
        <>
          <PeriodChooser search={search} change={change} />
          <SegmentChooser search={search} change={change} />
          <CompareChooser search={search} change={change} />
        </>
      }
      definition={<Definition />}
      tables={(answer) => toTables(answer, t)}
      onSample={(sample) => change({ sample })}
    >
      {(answer) => <Found answer={answer} address={address} />}
    </ReportPage>
  )
}

const PARAGRAPHS = ['care', 'mix', 'said', 'problem', 'adjusted', 'association', 'range'] as const

function Definition() {
  const { t } = useTranslation('channel-mix')
  return (
    <>
      {PARAGRAPHS.map((key) => (
        <p key={key}>{t(`definition.${key}`)}</p>
      ))}
    </>
  )
}

function Found({ answer, address }: { answer: ChannelMix; address: MixAddress }) {
  const { t } = useTranslation('channel-mix')
  if (answer.orders === 0)
    return (
      <Section>
        <EmptyState icon={<IconMessages />} title={t('empty.title')}>
          {t('empty.why')}
        </EmptyState>
      </Section>
    )
  const isWithoutCare = hasNoCare(answer)
  return (
    <>
      <MixSentences answer={answer} />
      {isWithoutCare && <NoCare />}
      <Section title={t('picture.title')} hint={t('picture.hint')}>
        <MixPicture answer={answer} look={address.look} />
        {!isWithoutCare && <AdjustingNote adjusting={answer.adjusting.said} />}
      </Section>
      <MixOrdersList address={address} />
      {answer.other && <MixChanges changes={answer.changes} />}
      <MixesTable answer={answer} look={address.look} />
      <Recommendation groups={answer.groups} />
    </>
  )
}
