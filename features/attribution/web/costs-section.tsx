import { Button } from '@mantine/core'
import { IconCoins } from '@tabler/icons-react'
import { useState } from 'react'
import { formatDay, formatMoney, useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Attribution, PeriodCosts } from '../contract.ts'
import classes from './attribution.module.css'
import { CostsList } from './costs-list.tsx'
import { CostsUpload } from './costs-upload.tsx'
import { WholeMoney } from './figures.tsx'
import { useMayKeepCosts } from './use-attribution.ts'

type CostsSectionProps = { answer: Attribution; nameOf: (way: string) => string }

/** What the ads of the period cost, what of it meets no path, and the way to bring more. */
export function CostsSection({ answer, nameOf }: CostsSectionProps) {
  const { t } = useTranslation('attribution')
  const [open, setOpen] = useState<'upload' | 'list'>()
  const mayKeep = useMayKeepCosts()
  const { costs, meta } = answer
  const button = (what: 'upload' | 'list') => (
    <Button
      variant="default"
      size="sm"
      aria-expanded={open === what}
      onClick={() => setOpen(open === what ? undefined : what)}
    >
      {t(`costs.${what}`)}
    </Button>
  )
  return (
    <Section
      title={t('costs.title')}
      hint={t('costs.hint')}
      actions={
        <>
          {mayKeep && button('upload')}
          {button('list')}
        </>
      }
      flush
    >
      {open === 'upload' && <CostsUpload close={() => setOpen(undefined)} />}
      {open === 'list' && <CostsList />}
      {costs ? (
        <Known costs={costs} currency={meta.currency} nameOf={nameOf} />
      ) : (
        open !== 'upload' && (
          <EmptyState icon={<IconCoins />} title={t('costs.empty.title')}>
            {t(mayKeep ? 'costs.empty.why' : 'costs.empty.ask')}
          </EmptyState>
        )
      )}
    </Section>
  )
}

type KnownProps = { costs: PeriodCosts; currency: string; nameOf: (way: string) => string }

function Known({ costs, currency, nameOf }: KnownProps) {
  const { t } = useTranslation('attribution')
  const locale = useLocale()
  const money = (amount: number) => formatMoney(amount, currency, locale)
  const gaps = costs.gaps.map(({ from, to }) =>
    from === to ? formatDay(from, locale) : `${formatDay(from, locale)} – ${formatDay(to, locale)}`,
  )
  return (
    <>
      <div className={classes.said}>
        <p>{t('costs.spent', { amount: money(costs.amount), count: costs.daysWithCosts, of: costs.days })}</p>
        {costs.isWithheld && <p>{t('costs.withheld')}</p>}
        {gaps.length > 0 && (
          <p>{t('costs.gaps', { days: gaps.join('; '), more: gaps.length === 10 ? '…' : '' })}</p>
        )}
        {costs.unmatchedAmount > 0 && <p>{t('costs.unmatched', { amount: money(costs.unmatchedAmount) })}</p>}
      </div>
      {costs.unmatched.length > 0 && (
        <DataTable
          label={t('costs.unmatchedTable')}
          list={wholeList(costs.unmatched)}
          rowKey={({ way }) => way}
          columns={[
            { key: 'way', header: t('costs.unmatchedTable'), cell: ({ way }) => nameOf(way) },
            {
              key: 'clicks',
              header: t('costs.clicks'),
              align: 'end',
              cell: ({ clicks }) => (clicks === null ? '–' : <Num value={clicks} />),
            },
            {
              key: 'amount',
              header: t('costs.amount'),
              align: 'end',
              cell: ({ amount }) => <WholeMoney amount={amount} currency={currency} />,
            },
          ]}
          empty={null}
        />
      )}
    </>
  )
}
