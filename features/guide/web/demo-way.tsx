import { Button } from '@mantine/core'
import { IconPlant2 } from '@tabler/icons-react'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { sessionQuery, useSession } from '../../../web/session.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { ProgressBar } from '../../../web/ui/progress-bar.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { DemoState } from '../contract.ts'
import classes from './connect-station.module.css'
import { Notice } from './notice.tsx'

const ASK_EVERY_MS = 1_000

/** A made-up shop to look around in, beside the real one, so that it never mixes with real customers. */
export function DemoWay() {
  const { t } = useTranslation('guide')
  const { path, demo } = useDemo()
  return (
    <section className={classes.open} aria-label={t('way.demo')} aria-busy={demo.isPending}>
      <p className={classes.quiet}>{t('demo.what')}</p>
      {demo.isError && <ErrorState error={demo.error} onRetry={() => void demo.refetch()} />}
      {demo.data && <Demo demo={demo.data} path={path} />}
    </section>
  )
}

function useDemo() {
  const path = `/shops/${useShop().id}/demo`
  const queryClient = useQueryClient()
  const demo = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<DemoState>(path, { signal }),
    refetchInterval: ({ state }) => (state.data?.state === 'running' ? ASK_EVERY_MS : false),
  })
  const shop = demo.data?.shop
  // The new shop belongs into the list of shops as soon as it is there.
  useEffect(() => {
    if (shop) void queryClient.invalidateQueries({ queryKey: sessionQuery.queryKey })
  }, [queryClient, shop])
  return { path, demo }
}

function Demo({ demo, path }: { demo: DemoState; path: string }) {
  const { t } = useTranslation('guide')
  const { role } = useShop()
  const isMember = useSession().shops.some(({ id }) => id === demo.shop)
  if (demo.state === 'running')
    return (
      <div>
        <ProgressBar label={t('demo.running')} value={demo.share} />
        <p className={classes.quiet}>{t('demo.meanwhile')}</p>
      </div>
    )
  if (demo.state === 'there')
    return (
      <Notice tone="won" title={t('demo.there')}>
        {isMember ? (
          <Link to="/s/$shop" params={{ shop: String(demo.shop) }}>
            {t('demo.open')}
          </Link>
        ) : (
          t('demo.notYours')
        )}
      </Notice>
    )
  return (
    <>
      {demo.state === 'failed' && (
        <Notice tone="lost" title={t('demo.failed')}>
          {t('demo.failedWhat')}
        </Notice>
      )}
      {role === 'owner' ? <MakeDemo path={path} /> : <p className={classes.quiet}>{t('demo.ownerOnly')}</p>}
      <CodeBlock label={t('demo.command')} code="npx tropa demo" />
    </>
  )
}

function MakeDemo({ path }: { path: string }) {
  const { t } = useTranslation('guide')
  const queryClient = useQueryClient()
  const make = useAction(async () => {
    const state = await api.post<DemoState>(path, { body: { isWanted: true } })
    queryClient.setQueryData([path], state)
  })
  return (
    <div>
      <Button
        leftSection={<IconPlant2 size={18} stroke={1.7} />}
        loading={make.isRunning}
        onClick={() => void make.run()}
      >
        {t('demo.make')}
      </Button>
      <FormError error={make.error} />
    </div>
  )
}
