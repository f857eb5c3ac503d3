import { SegmentedControl, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import type { ShopSettings } from '../../accounts/contract.ts'
import { type ProxyName, proxies, writeProxyConfig, writeStartCommand } from './proxy-configs.ts'
import classes from './reach-station.module.css'
import { isOwnMachine, readHost, suggestHost } from './server-address.ts'

const names: Record<ProxyName, string> = { caddy: 'Caddy', nginx: 'nginx' }
const DEFAULT_PORT = '3000'

/** How to give the server a name on the internet, with the shop's own names filled in. */
export function ProxySteps({ publicUrl, isOpen }: { publicUrl: string; isOpen: boolean }) {
  const { t } = useTranslation('guide')
  const path = `/shops/${useShop().id}`
  const settings = useQuery({
    queryKey: [path],
    queryFn: ({ signal }) => api.get<ShopSettings>(path, { signal }),
  })
  if (settings.isPending) return <div aria-busy="true" />
  const suggested = suggestHost(publicUrl, settings.data?.domains ?? [])
  return (
    <details className={classes.how} open={isOpen}>
      <summary>{t('reach.how')}</summary>
      <Steps suggested={suggested} port={findPort(publicUrl)} />
    </details>
  )
}

/** While PUBLIC_URL is this machine's own, its port is the one that the server listens on. */
function findPort(publicUrl: string): string {
  return (isOwnMachine(publicUrl) && new URL(publicUrl).port) || DEFAULT_PORT
}

function Steps({ suggested, port }: { suggested: string; port: string }) {
  const { t } = useTranslation('guide')
  const [typed, setTyped] = useState(suggested)
  const [proxy, setProxy] = useState<ProxyName>('caddy')
  const read = readHost(typed)
  const host = read ?? suggested
  return (
    <ol className={classes.steps}>
      <li>
        <TextInput
          label={t('reach.host')}
          description={t('reach.hostWhy')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
          error={read === undefined ? t('reach.hostWrong') : undefined}
          inputMode="url"
          autoCapitalize="none"
          spellCheck={false}
          maw={420}
        />
        <p>{t('reach.dns', { host })}</p>
      </li>
      <li>
        <p>{t('reach.proxy')}</p>
        <SegmentedControl
          aria-label={t('reach.proxyWhich')}
          value={proxy}
          onChange={(value) => setProxy(value as ProxyName)}
          data={proxies.map((value) => ({ value, label: names[value] }))}
        />
        <CodeBlock label={t(`proxyFile.${proxy}`)} code={writeProxyConfig(proxy, host, port)} />
        <p className={classes.quiet}>{t(`proxyWhy.${proxy}`, { host })}</p>
      </li>
      <li>
        <p>{t('reach.restart')}</p>
        <CodeBlock label={t('reach.command')} code={writeStartCommand(host)} />
      </li>
      <li>
        <p>{t('reach.again', { host })}</p>
      </li>
    </ol>
  )
}
