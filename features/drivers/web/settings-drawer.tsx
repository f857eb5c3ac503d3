import { Drawer, Skeleton } from '@mantine/core'
import { formatPercent, useLocale } from '../../../web/format.ts'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { DriversSettings } from '../contract.ts'
import { Part } from './driver-drawer.tsx'
import classes from './drivers.module.css'
import { MarginField } from './margin-form.tsx'
import { OwnFacts } from './own-facts.tsx'
import { useDriversSettings, useMaySet } from './use-drivers.ts'

/** What the shop knows and no event tells: its margin, and facts of its own. */
export function SettingsDrawer({ close }: { close: () => void }) {
  const { t } = useTranslation('drivers')
  const settings = useDriversSettings()
  return (
    <Drawer
      opened
      onClose={close}
      position="right"
      size="min(560px, 100vw)"
      title={<span className={classes.drawerName}>{t('settings.title')}</span>}
      classNames={{ header: classes.drawerHead }}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <div className={classes.drawer}>
        {settings.isError && <ErrorState error={settings.error} onRetry={() => void settings.refetch()} />}
        {!settings.data && !settings.isError && <Skeleton height={220} aria-busy="true" />}
        {settings.data && <Settings settings={settings.data} />}
      </div>
    </Drawer>
  )
}

function Settings({ settings }: { settings: DriversSettings }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const maySet = useMaySet()
  return (
    <>
      <Part title={t('margin.part')} hint={t('margin.why')}>
        {maySet ? (
          <MarginField margin={settings.margin} />
        ) : (
          <p>
            {settings.margin === null
              ? t('margin.unknown')
              : formatPercent(settings.margin, locale, { digits: 1 })}
          </p>
        )}
      </Part>
      <Part title={t('facts.title')} hint={t('facts.why')}>
        <OwnFacts facts={settings.facts} maySet={maySet} />
      </Part>
    </>
  )
}
