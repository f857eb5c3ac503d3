import { Button } from '@mantine/core'
import { IconWorldSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { ReachCheck } from '../contract.ts'
import { askFromBrowser, type BrowserOutcome } from './ask-from-browser.ts'
import { Notice } from './notice.tsx'
import { ProxySteps } from './proxy-steps.tsx'
import classes from './reach-station.module.css'
import { ReachVerdicts } from './reach-verdicts.tsx'
import { isOwnMachine } from './server-address.ts'
import { GoOn, StationCard } from './station-card.tsx'
import type { StationProps } from './station-props.ts'
import { useGuide } from './use-guide.ts'

/** Whether customers' browsers can send events here, and how to make it so. */
export function ReachStation({ guide, goOn }: StationProps) {
  const { t } = useTranslation('guide')
  const { publicUrl, done } = guide
  return (
    <StationCard
      title={t('reach.title')}
      hint={t('reach.hint')}
      foot={<GoOn isDone={done.reach} onClick={goOn} />}
    >
      {done.reach ? (
        <Notice tone="won" title={t('reach.isGood', { url: publicUrl })} />
      ) : (
        <p className={classes.now}>
          {t('reach.now')} <strong>{publicUrl}</strong>.{' '}
          {t(isOwnMachine(publicUrl) ? 'reach.nowLocal' : 'reach.nowUnknown')}
        </p>
      )}
      <Check />
      <ProxySteps publicUrl={publicUrl} isOpen={!done.reach} />
    </StationCard>
  )
}

type Result = { check: ReachCheck; browser: BrowserOutcome | undefined }

/** Looks from two sides: the server at itself, and this browser as a page of the shop would. */
function Check() {
  const { t } = useTranslation('guide')
  const { id } = useShop()
  const { path, refresh } = useGuide()
  const [result, setResult] = useState<Result>()
  const { run, isRunning, error } = useAction(async () => {
    setResult(undefined)
    const check = await api.post<ReachCheck>(`/shops/${id}/reachability`)
    const { outcome } = check.server
    // An address of this machine proves nothing, whoever answers there.
    const browser = outcome === 'local' ? undefined : await askFromBrowser(check, window.location.origin)
    if (browser === 'good' && outcome !== 'private')
      await api.patch(path, { body: { reachedFromBrowser: check.publicUrl } })
    setResult({ check, browser })
    await refresh()
  })
  return (
    <div className={classes.check}>
      <Button
        leftSection={<IconWorldSearch size={18} stroke={1.7} />}
        loading={isRunning}
        onClick={() => void run()}
      >
        {t('reach.check')}
      </Button>
      <FormError error={error} />
      <div aria-live="polite">{result && <ReachVerdicts {...result} />}</div>
    </div>
  )
}
