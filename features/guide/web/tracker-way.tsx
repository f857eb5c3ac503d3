import { Button, Select } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import classes from './connect-station.module.css'
import { Notice } from './notice.tsx'
import { findServerAddress, isOwnMachine } from './server-address.ts'
import type { StationProps } from './station-props.ts'
import {
  type Platform,
  platformNames,
  platforms,
  writeTagManagerCode,
  writeTrackerLine,
} from './tracker-code.ts'
import { useWriteKey } from './use-guide.ts'

type WayProps = Pick<StationProps, 'guide' | 'goTo'>

/** One line for the pages of the shop, with the real key, and where to paste it in the program that the shop runs on. */
export function TrackerWay({ guide, goTo }: WayProps) {
  const { t } = useTranslation('guide')
  const [platform, setPlatform] = useState<Platform>('html')
  const { writeKey, isPending, error, retry } = useWriteKey()
  const address = findServerAddress(guide.publicUrl, window.location.origin)
  const write = platform === 'gtm' ? writeTagManagerCode : writeTrackerLine
  if (error) return <ErrorState error={error} onRetry={() => void retry()} />
  return (
    <section className={classes.open} aria-busy={isPending} aria-label={t('way.tracker')}>
      <PlatformChoice platform={platform} onChange={setPlatform} />
      {writeKey && <CodeBlock label={t('tracker.code')} code={write(address, writeKey)} />}
      {!isPending && !writeKey && <NoKey />}
      <ol className={classes.steps}>
        {Array.from({ length: platforms[platform] }, (_, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: steps don't move
          <li key={index}>{t(`platform.${platform}.${index + 1}`)}</li>
        ))}
      </ol>
      <p className={classes.quiet}>{t('tracker.sees')}</p>
      <p className={classes.quiet}>{t('tracker.orders')}</p>
      {isOwnMachine(address) && (
        <Notice tone="even" title={t('tracker.localTitle')}>
          <p>{t('tracker.local')}</p>
          <Button variant="default" size="xs" mt={8} onClick={() => goTo('reach')}>
            {t('station.reach')}
          </Button>
        </Notice>
      )}
    </section>
  )
}

function PlatformChoice({ platform, onChange }: { platform: Platform; onChange: (one: Platform) => void }) {
  const { t } = useTranslation('guide')
  const keys = Object.keys(platforms) as Platform[]
  return (
    <Select
      label={t('tracker.platform')}
      value={platform}
      onChange={(value) => onChange(value as Platform)}
      allowDeselect={false}
      maw={360}
      maxDropdownHeight={400}
      data={keys.map((value) => ({
        value,
        label: value === 'html' ? t('tracker.anySite') : platformNames[value],
      }))}
    />
  )
}

function NoKey() {
  const { t } = useTranslation('guide')
  const params = { shop: String(useShop().id) }
  return (
    <Notice tone="lost" title={t('tracker.noKey')}>
      <Link to="/s/$shop/settings/keys" params={params}>
        {t('tracker.toKeys')}
      </Link>
    </Notice>
  )
}
