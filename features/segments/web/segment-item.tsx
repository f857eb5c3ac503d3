import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { notifyDone } from '../../../web/notify.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ConfirmButton } from '../../../web/ui/confirm-button.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { Segment } from '../contract.ts'
import { useSaySegment } from './say-segment.ts'
import classes from './segments.module.css'
import { useMayWrite, useSegmentsChanged, useSegmentsPath } from './use-segments.ts'

/** A segment in the list: its name, what it means in words, and what can be done with it. */
export function SegmentItem({ segment }: { segment: Segment }) {
  const { t } = useTranslation('segments')
  const { id } = useShop()
  const say = useSaySegment()
  const params = { shop: String(id), segment: String(segment.id) }
  return (
    <li className={classes.item}>
      <div className={classes.what}>
        <Link to="/s/$shop/segments/$segment" params={params} className={classes.name}>
          {segment.name}
        </Link>
        <p>{say.segment(segment.definition)}</p>
        {segment.note !== '' && <p className={classes.quiet}>{segment.note}</p>}
        {segment.usedBy.length > 0 && (
          <p className={classes.quiet}>
            {t('usedBy', {
              names: segment.usedBy.map(({ name }) => t('say.touchpoint', { name })).join(', '),
            })}
          </p>
        )}
      </div>
      <Actions segment={segment} params={params} />
    </li>
  )
}

function Actions({ segment, params }: { segment: Segment; params: { shop: string; segment: string } }) {
  const { t } = useTranslation('segments')
  const path = useSegmentsPath()
  const changed = useSegmentsChanged()
  const mayWrite = useMayWrite()
  const copy = useAction(async () => {
    await api.post(`${path}/${segment.id}/copy`)
    await changed()
  })
  return (
    <div className={classes.itemActions}>
      <Button
        component={Link}
        to="/s/$shop/segments/$segment/people"
        params={params as never}
        variant="subtle"
        size="compact-sm"
        aria-label={t('people.of', { name: segment.name })}
      >
        {t('tabs.people')}
      </Button>
      {mayWrite && (
        <>
          <Button
            variant="subtle"
            size="compact-sm"
            loading={copy.isRunning}
            aria-label={t('copy.of', { name: segment.name })}
            onClick={() => void copy.run()}
          >
            {t('copy.do')}
          </Button>
          {segment.usedBy.length === 0 && (
            <ConfirmButton
              label={t('remove.do')}
              spokenLabel={t('remove.of', { name: segment.name })}
              title={t('remove.question', { name: segment.name })}
              consequence={t('remove.consequence')}
              confirmLabel={t('remove.do')}
              buttonProps={{ variant: 'subtle', size: 'compact-sm' }}
              onConfirm={async () => {
                await api.del(`${path}/${segment.id}`)
                notifyDone(t('done.removed'))
                await changed()
              }}
            />
          )}
        </>
      )}
      <FormError error={copy.error} />
    </div>
  )
}
