import { Button } from '@mantine/core'
import { IconHistory, IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { RegistryView, Touchpoint } from '../contract.ts'
import { DraftBar } from './draft-bar.tsx'
import { HistoryDialog } from './history-dialog.tsx'
import { PathTabs } from './path-tabs.tsx'
import { ProgressBanner } from './progress-banner.tsx'
import { useRegistryWords } from './registry-words.ts'
import { StagesEditor } from './stages-editor.tsx'
import { type Edited, TouchpointEditor } from './touchpoint-editor.tsx'
import { TouchpointRow } from './touchpoint-row.tsx'
import classes from './touchpoints.module.css'
import { useClaimCounts, useRegistryView } from './use-registry.ts'

/** Stages and their touchpoints: what each event of the shop is, and what is good and bad there. */
export function TouchpointsPage() {
  const { t } = useTranslation('touchpoints')
  const view = useRegistryView()
  if (view.data) return <Registry view={view.data} />
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <PathTabs />
      {view.isError ? (
        <ErrorState error={view.error} onRetry={() => void view.refetch()} />
      ) : (
        <div aria-busy="true" />
      )}
    </>
  )
}

function Registry({ view }: { view: RegistryView }) {
  const { t } = useTranslation('touchpoints')
  const { role } = useShop()
  const mayEdit = role === 'owner' || role === 'marketer'
  const [edited, setEdited] = useState<Edited>()
  const [isHistoryOpen, setHistoryOpen] = useState(false)
  const [areStagesOpen, setStagesOpen] = useState(false)
  const content = view.draft?.registry ?? view.registry
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={t('subtitle')}
        actions={
          <>
            <Button
              variant="default"
              leftSection={<IconHistory size={17} stroke={1.7} />}
              onClick={() => setHistoryOpen(true)}
            >
              {t('history.open')}
            </Button>
            {mayEdit && (
              <Button variant="default" onClick={() => setStagesOpen(true)}>
                {t('stagesEditor.open')}
              </Button>
            )}
            {mayEdit && (
              <Button
                leftSection={<IconPlus size={17} stroke={1.7} />}
                onClick={() =>
                  setEdited({ touchpoint: makeTouchpoint(content.stages[0]?.key ?? 'site'), isNew: true })
                }
              >
                {t('add')}
              </Button>
            )}
          </>
        }
      />
      <PathTabs />
      <p data-quiet className={classes.intro}>
        {view.publishedAt === null ? (
          t('builtIn')
        ) : (
          <>
            {t('publishedBy', { version: view.version, who: view.publishedBy })}{' '}
            <DateTime at={view.publishedAt} />
          </>
        )}
      </p>
      <ProgressBanner first={view.reclassification} />
      {view.draft && <DraftBar view={view} draft={view.draft} mayEdit={mayEdit} />}
      <Stages
        view={view}
        onEdit={mayEdit ? (touchpoint) => setEdited({ touchpoint, isNew: false }) : undefined}
      />
      {edited && <TouchpointEditor view={view} edited={edited} onClose={() => setEdited(undefined)} />}
      {areStagesOpen && <StagesEditor view={view} onClose={() => setStagesOpen(false)} />}
      <HistoryDialog
        view={view}
        mayEdit={mayEdit}
        isOpen={isHistoryOpen}
        onClose={() => setHistoryOpen(false)}
      />
    </>
  )
}

function Stages({
  view,
  onEdit,
}: {
  view: RegistryView
  onEdit: ((touchpoint: Touchpoint) => void) | undefined
}) {
  const { t } = useTranslation('touchpoints')
  const content = view.draft?.registry ?? view.registry
  const words = useRegistryWords(content)
  const counts = useClaimCounts()
  const eventsOf = (key: string) =>
    counts.data && (counts.data.items.find((one) => one.key === key)?.events ?? 0)
  const changed = view.draft?.changed ?? []
  return (
    <div className={classes.stack}>
      {content.stages.map((stage) => (
        <Section key={stage.key} title={words.stage(stage)} flush>
          <ul className={classes.list}>
            {content.touchpoints
              .filter((one) => one.stage === stage.key)
              .map((one) => (
                <TouchpointRow
                  key={one.key}
                  touchpoint={one}
                  events={eventsOf(one.key)}
                  isChanged={changed.includes(one.key)}
                  onEdit={onEdit && (() => onEdit(one))}
                />
              ))}
          </ul>
        </Section>
      ))}
      <p data-quiet>{t('unclaimed', { count: eventsOf('') ?? 0 })}</p>
    </div>
  )
}

function makeTouchpoint(stage: string): Touchpoint {
  return {
    key: '',
    stage,
    stageWhileOrdered: null,
    stageAfterReceipt: null,
    channel: 'site',
    name: null,
    claims: 'moment',
    rule: { all: [{ field: 'path', op: 'starts_with', value: '/' }] },
    standards: [],
    isOn: true,
  }
}
