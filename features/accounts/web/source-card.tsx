import { Button, Switch } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { Badge } from '../../../web/ui/badge.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { Source, WriteKey } from '../contract.ts'
import { DialogButton } from './dialog-button.tsx'
import forms from './forms.module.css'
import { SourceForm } from './new-source.tsx'
import classes from './source-card.module.css'
import { useRefresh } from './use-refresh.ts'
import { WriteKeyRow } from './write-key-row.tsx'

const inUseFirst = (keys: WriteKey[]) =>
  [...keys].sort((a, b) => Number(a.endsAt !== null) - Number(b.endsAt !== null))

/** A source with its keys; switched off, it takes nothing in by any of them. */
export function SourceCard({ source, shop }: { source: Source; shop: number }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const path = `/shops/${shop}/sources/${source.id}`
  const addKey = useAction(async () => {
    await api.post(`${path}/keys`)
    await refresh(t('keys.made'))
  })
  return (
    <article className={classes.source} aria-label={source.name}>
      <Head source={source} path={path} />
      <ul className={forms.rows}>
        {inUseFirst(source.keys).map((key) => (
          <WriteKeyRow key={key.id} writeKey={key} shop={shop} isOnly={source.keys.length === 1} />
        ))}
      </ul>
      <FormError error={addKey.error} />
      <Button
        variant="subtle"
        size="xs"
        loading={addKey.isRunning}
        onClick={() => addKey.run()}
        className={classes.add}
      >
        {t('keys.add')}
      </Button>
    </article>
  )
}

function Head({ source, path }: { source: Source; path: string }) {
  const { t } = useTranslation('accounts')
  const refresh = useRefresh()
  const change = useAction(async (body: { enabled: boolean }) => {
    await api.patch(path, { body })
    await refresh()
  })
  return (
    <header className={classes.head}>
      <h3>{source.name}</h3>
      {!source.enabled && <Badge tone="even">{t('sources.off')}</Badge>}
      <span className={classes.space} />
      <Switch
        label={t('sources.takes')}
        checked={source.enabled}
        disabled={change.isRunning}
        onChange={(event) => void change.run({ enabled: event.currentTarget.checked })}
      />
      <DialogButton
        label={t('rename')}
        title={t('sources.renameTitle')}
        buttonProps={{ variant: 'subtle', size: 'xs' }}
      >
        {(close) => (
          <SourceForm
            name={source.name}
            submit={t('save')}
            close={close}
            send={(body) => api.patch(path, { body })}
          />
        )}
      </DialogButton>
      <FormError error={change.error} />
    </header>
  )
}
