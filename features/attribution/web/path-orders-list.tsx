import { Button } from '@mantine/core'
import { useShop } from '../../../web/shop-context.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Money } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { AttributionQuestion, PathOrder } from '../contract.ts'
import classes from './attribution.module.css'
import { UNKNOWN_WAY } from './attribution-search.ts'
import { type AttributionAddress, useQuestion } from './use-attribution.ts'

type PathOrdersListProps = { address: AttributionAddress; nameOf: (way: string) => string }

/** Who ordered by the way that was clicked: the orders on whose path it stands. */
export function PathOrdersList({ address, nameOf }: PathOrdersListProps) {
  const { t } = useTranslation('attribution')
  const { way } = address.search
  const { compare: _, ...question } = useQuestion(address.search)
  if (way === undefined) return null
  return (
    <Section
      title={way === UNKNOWN_WAY ? t('orders.unknown') : t('orders.title', { way: nameOf(way) })}
      hint={t('orders.hint')}
      actions={
        <Button variant="default" size="sm" onClick={() => address.open({ way: undefined })}>
          {t('orders.close')}
        </Button>
      }
      flush
    >
      <List question={question} way={way === UNKNOWN_WAY ? '' : way} nameOf={nameOf} />
    </Section>
  )
}

type ListProps = { question: AttributionQuestion; way: string; nameOf: (way: string) => string }

function List({ question, way, nameOf }: ListProps) {
  const { t } = useTranslation('attribution')
  const { id, currency } = useShop()
  const list = useCursorList<PathOrder>(`/shops/${id}/attribution/orders`, { ...question, way })
  const columns: Column<PathOrder>[] = [
    {
      key: 'person',
      header: t('orders.person'),
      cell: ({ name }) => name ?? <span data-quiet>{t('orders.unnamed')}</span>,
    },
    {
      key: 'path',
      header: t('orders.path'),
      cell: ({ path }) => <Steps path={path} way={way} nameOf={nameOf} />,
    },
    { key: 'at', header: t('orders.at'), cell: ({ at }) => <DateTime at={at} /> },
    {
      key: 'value',
      header: t('orders.value'),
      align: 'end',
      cell: ({ value }) =>
        value === null ? t('orders.foreign') : <Money amount={Math.round(value)} currency={currency} />,
    },
  ]
  return (
    <DataTable
      label={t('orders.label')}
      list={list}
      columns={columns}
      rowKey={({ order }) => order}
      rowLink={({ person }) => ({
        to: '/s/$shop/people/$person',
        params: { shop: String(id), person },
      })}
      empty={<EmptyState title={t('orders.nobody')} />}
    />
  )
}

const SHOWN_STEPS = 6

/** The last steps of the path, the way that was asked about marked. */
function Steps({ path, way, nameOf }: { path: string[]; way: string; nameOf: (way: string) => string }) {
  const { t } = useTranslation('attribution')
  if (path.length === 0) return <span data-quiet>{t('unknownWay')}</span>
  const hidden = Math.max(0, path.length - SHOWN_STEPS)
  return (
    <span className={classes.steps}>
      {hidden > 0 && <span data-quiet>{t('orders.more', { count: hidden })} → </span>}
      {path.slice(hidden).map((step, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a path may hold the same way twice, and never changes
        <span key={at}>
          {at > 0 && ' → '}
          <span data-chosen={step === way || undefined}>{nameOf(step)}</span>
        </span>
      ))}
    </span>
  )
}
