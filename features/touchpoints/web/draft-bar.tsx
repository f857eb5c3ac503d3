import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { notifyDone } from '../../../web/notify.ts'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { RegistryView } from '../contract.ts'
import { useRegistryWords } from './registry-words.ts'
import classes from './touchpoints.module.css'
import { useRegistryChanges } from './use-registry.ts'

type DraftBarProps = { view: RegistryView; draft: NonNullable<RegistryView['draft']>; mayEdit: boolean }

/** What is changed and doesn't count yet: published in one go, so that the history is classified anew once. */
export function DraftBar({ view, draft, mayEdit }: DraftBarProps) {
  const { t } = useTranslation('touchpoints')
  const words = useRegistryWords(draft.registry)
  const changes = useRegistryChanges(view.version)
  const { stages, touchpoints } = draft.registry
  const publish = useAction(async () => {
    await changes.publish({ stages, touchpoints })
    notifyDone(t('draft.published'))
  })
  const drop = useAction(changes.dropDraft)
  const names = draft.changed.map((key) => (key === 'stages' ? t('draft.order') : words.touchpointByKey(key)))
  return (
    <Section>
      <div className={classes.bar}>
        <div>
          <strong>{t('draft.title', { count: draft.changed.length })}</strong>{' '}
          <span data-quiet>{names.join(', ')}</span>
          {draft.baseVersion !== view.version && <p data-tone="lost">{t('draft.outdated')}</p>}
        </div>
        {mayEdit && (
          <div className={classes.buttons}>
            <Button variant="default" loading={drop.isRunning} onClick={() => void drop.run()}>
              {t('draft.drop')}
            </Button>
            <Button
              loading={publish.isRunning}
              disabled={draft.baseVersion !== view.version}
              onClick={() => void publish.run()}
            >
              {t('draft.publish')}
            </Button>
          </div>
        )}
      </div>
      <FormError error={publish.error ?? drop.error} />
    </Section>
  )
}
