import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { notifyDone } from '../../../web/notify.ts'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import type { RegistryView, VersionItem } from '../contract.ts'
import { useRegistryWords } from './registry-words.ts'
import classes from './touchpoints.module.css'
import { useRegistryChanges, useVersions } from './use-registry.ts'

type HistoryDialogProps = { view: RegistryView; mayEdit: boolean; isOpen: boolean; onClose: () => void }

/** Who published what and when, and the way back to any of it. */
export function HistoryDialog({ view, mayEdit, isOpen, onClose }: HistoryDialogProps) {
  const { t } = useTranslation(['touchpoints', 'ui'])
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('history.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <History view={view} mayEdit={mayEdit} onDone={onClose} />
    </Modal>
  )
}

function History({ view, mayEdit, onDone }: { view: RegistryView; mayEdit: boolean; onDone: () => void }) {
  const { t } = useTranslation('touchpoints')
  const versions = useVersions()
  const changes = useRegistryChanges(view.version)
  const after = async (change: Promise<void>) => {
    await change
    onDone()
    notifyDone(t('draft.published'))
  }
  if (versions.isError) return <ErrorState error={versions.error} onRetry={() => void versions.refetch()} />
  if (!versions.data) return <div aria-busy="true" />
  const { items } = versions.data
  return (
    <div className={classes.stack}>
      {items.length === 0 && <p>{t('history.none')}</p>}
      <ul className={classes.list}>
        {items.map((item) => (
          <li key={item.version} className={classes.bar}>
            <VersionLine item={item} view={view} />
            {mayEdit && item.version !== view.version && (
              <ConfirmButton
                label={t('history.restore')}
                spokenLabel={t('history.restoreOf', { version: item.version })}
                title={t('history.restoreOf', { version: item.version })}
                consequence={t('history.consequence')}
                confirmLabel={t('history.restore')}
                onConfirm={() => after(changes.restore(item.version))}
              />
            )}
          </li>
        ))}
      </ul>
      {mayEdit && !view.isDefault && (
        <ConfirmButton
          label={t('history.reset')}
          title={t('history.reset')}
          consequence={t('history.consequence')}
          confirmLabel={t('history.reset')}
          onConfirm={() => after(changes.reset())}
        />
      )}
    </div>
  )
}

function VersionLine({ item, view }: { item: VersionItem; view: RegistryView }) {
  const { t } = useTranslation('touchpoints')
  const words = useRegistryWords(view.registry)
  const { kind, of, touchpoints } = item.origin
  const names = touchpoints
    .slice(0, 6)
    .map((key) => (key === 'stages' ? t('draft.order') : words.touchpointByKey(key)))
  return (
    <div>
      <strong>
        {t(kind === 'reset' ? 'history.resetTo' : `history.${kind}`, { version: item.version, of: of ?? '' })}
      </strong>
      <br />
      <small data-quiet>
        {item.publishedBy} · <DateTime at={item.publishedAt} />
        {names.length > 0 && ` · ${names.join(', ')}${touchpoints.length > names.length ? ' …' : ''}`}
      </small>
    </div>
  )
}
