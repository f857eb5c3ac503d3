import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { CopyField } from '../../../web/ui/copy-field.tsx'
import type { ShopSettings } from '../../accounts/contract.ts'
import type { Station } from '../contract.ts'
import classes from './event-station.module.css'
import { findCauses } from './find-causes.ts'
import { Notice } from './notice.tsx'
import { findServerAddress } from './server-address.ts'
import type { StationProps } from './station-props.ts'
import { useWriteKey } from './use-guide.ts'

const PATIENCE_MS = 120_000

type SilenceHelpProps = Pick<StationProps, 'guide' | 'goTo'> & { isHere: boolean }

/** What to look at when nothing comes: what can be known from here first, then what only the owner can see. */
export function SilenceHelp({ guide, isHere, goTo }: SilenceHelpProps) {
  const { t } = useTranslation('guide')
  const isLong = useLongSilence(isHere)
  const [isOpen, setOpen] = useState(false)
  if (isHere) return null
  return (
    <details
      className={classes.help}
      open={isOpen || isLong}
      onToggle={(event) => setOpen(event.currentTarget.open)}
    >
      <summary>{t('silence.title')}</summary>
      <KnownCauses publicUrl={guide.publicUrl} goTo={goTo} />
      <Checks />
    </details>
  )
}

/** True after two minutes without anything. */
function useLongSilence(isHere: boolean): boolean {
  const [isLong, setLong] = useState(false)
  useEffect(() => {
    if (isHere) return
    const timer = setTimeout(() => setLong(true), PATIENCE_MS)
    return () => clearTimeout(timer)
  }, [isHere])
  return isLong
}

function KnownCauses({ publicUrl, goTo }: { publicUrl: string; goTo: (station: Station) => void }) {
  const { t } = useTranslation('guide')
  const path = `/shops/${useShop().id}`
  const settings = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ShopSettings>(path, { signal }),
  })
  const address = findServerAddress(publicUrl, window.location.origin)
  const causes = findCauses({ address, consentMode: settings.data?.consentMode, browser: window.navigator })
  return causes.map((cause) => (
    <Notice key={cause} tone="even" title={t(`cause.${cause}`)}>
      <p>{t(`causeMend.${cause}`)}</p>
      {(cause === 'ownMachine' || cause === 'noTls') && (
        <Button variant="default" size="xs" mt={8} onClick={() => goTo('reach')}>
          {t('station.reach')}
        </Button>
      )}
    </Notice>
  ))
}

const checks = ['page', 'blocker', 'key', 'policy', 'cache'] as const

function Checks() {
  const { t } = useTranslation('guide')
  const { writeKey } = useWriteKey()
  return (
    <ol className={classes.checks}>
      {checks.map((check) => (
        <li key={check}>
          <strong>{t(`check.${check}`)}</strong> {t(`checkHow.${check}`)}
          {check === 'key' && writeKey && <CopyField label={t('silence.key')} value={writeKey} />}
        </li>
      ))}
    </ol>
  )
}
