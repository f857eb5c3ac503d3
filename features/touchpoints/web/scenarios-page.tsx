import { Button } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconPlus, IconRoute } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import type { RegistryView, Scenario, ScenarioContent } from '../contract.ts'
import { PathTabs } from './path-tabs.tsx'
import { useRegistryWords } from './registry-words.ts'
import { ScenarioEditor } from './scenario-editor.tsx'
import classes from './touchpoints.module.css'
import { useRegistryView } from './use-registry.ts'

type Open = { id: string | undefined; version: number; content: ScenarioContent }
const NEW: Open = { id: undefined, version: 1, content: { name: '', note: '', path: [] } }

/** The path that the shop means each kind of buyer to walk. */
export function ScenariosPage() {
  const { t } = useTranslation('touchpoints')
  const { role } = useShop()
  const [open, setOpen] = useState<Open>()
  const view = useRegistryView()
  const scenarios = useScenarios()
  const mayEdit = role === 'owner' || role === 'marketer'
  const failed = view.isError ? view : scenarios.list.isError ? scenarios.list : undefined
  const add = (
    <Button leftSection={<IconPlus size={17} stroke={1.7} />} onClick={() => setOpen(NEW)}>
      {t('scenarios.add')}
    </Button>
  )
  const items = scenarios.list.data?.items
  return (
    <>
      <PageHeader title={t('scenarios.title')} subtitle={t('scenarios.subtitle')} actions={mayEdit && add} />
      <PathTabs />
      {failed && <ErrorState error={failed.error} onRetry={() => void failed.refetch()} />}
      {!failed && !(view.data && items) && <div aria-busy="true" />}
      {items?.length === 0 && (
        <EmptyState icon={<IconRoute />} title={t('scenarios.empty')}>
          {t('scenarios.emptyWhy')}
        </EmptyState>
      )}
      {view.data && (
        <div className={classes.stack}>
          {items?.map((one) => (
            <ScenarioCard
              key={one.id}
              scenario={one}
              view={view.data}
              onEdit={mayEdit ? () => setOpen(toOpen(one)) : undefined}
              onRemove={mayEdit ? () => void scenarios.remove(one) : undefined}
            />
          ))}
        </div>
      )}
      {open && view.data && (
        <ScenarioEditor
          registry={view.data.registry}
          content={open.content}
          onSave={async (content) => {
            await scenarios.save(open, content)
            setOpen(undefined)
          }}
          onClose={() => setOpen(undefined)}
        />
      )}
    </>
  )
}

const toOpen = ({ id, version, name, note, path }: Scenario): Open => ({
  id,
  version,
  content: { name, note, path },
})

function useScenarios() {
  const { t } = useTranslation(['touchpoints', 'ui'])
  const { id } = useShop()
  const client = useQueryClient()
  const path = `/shops/${id}/scenarios`
  const list = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<{ items: Scenario[] }>(path, { signal }),
  })
  const refresh = () => client.invalidateQueries({ queryKey: [path] })
  async function save(open: Pick<Open, 'id' | 'version'>, content: ScenarioContent) {
    if (open.id === undefined) await api.post(path, { body: content })
    else await api.put(`${path}/${open.id}`, { body: { version: open.version, ...content } })
    await refresh()
  }
  async function remove({ id: scenario, version, name, note, path: steps }: Scenario) {
    const removed = await api.del<Scenario>(`${path}/${scenario}`, { query: { version } })
    await refresh()
    const undo = async () => {
      notifications.hide(scenario)
      await save({ id: scenario, version: removed.version }, { name, note, path: steps })
    }
    notifications.show({
      id: scenario,
      autoClose: 10_000,
      withBorder: true,
      closeButtonProps: { 'aria-label': t('ui:close') },
      message: (
        <div className={classes.bar}>
          {t('scenarios.removed', { name })}
          <Button variant="default" size="xs" onClick={() => void undo()}>
            {t('scenarios.undo')}
          </Button>
        </div>
      ),
    })
  }
  return { list, save, remove }
}

type CardProps = {
  scenario: Scenario
  view: RegistryView
  onEdit: (() => void) | undefined
  onRemove: (() => void) | undefined
}

function ScenarioCard({ scenario, view, onEdit, onRemove }: CardProps) {
  const { t } = useTranslation('touchpoints')
  const words = useRegistryWords(view.registry)
  return (
    <Section
      title={scenario.name}
      hint={scenario.note || undefined}
      actions={
        <>
          {onEdit && (
            <Button
              variant="default"
              size="xs"
              onClick={onEdit}
              aria-label={t('editOf', { name: scenario.name })}
            >
              {t('edit')}
            </Button>
          )}
          {onRemove && (
            <Button
              variant="outline"
              color="lost"
              size="xs"
              onClick={onRemove}
              aria-label={t('scenarios.removeOf', { name: scenario.name })}
            >
              {t('scenarios.remove')}
            </Button>
          )}
        </>
      }
    >
      {scenario.path.length === 0 ? (
        <p data-quiet>{t('scenarios.noSteps')}</p>
      ) : (
        <ol className={classes.way}>
          {scenario.path.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a path may pass the same place twice
            <li key={index}>
              {index > 0 && <span aria-hidden="true">→</span>}
              <span>
                <strong>{words.stageByKey(step.stage)}</strong>
                {step.touchpoints.length > 0 &&
                  `: ${step.touchpoints.map(words.touchpointByKey).join(` ${t('scenarios.or')} `)}`}
                {step.isOptional && <small data-quiet> {t('scenarios.optional')}</small>}
              </span>
            </li>
          ))}
        </ol>
      )}
    </Section>
  )
}
