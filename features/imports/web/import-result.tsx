import { Button } from '@mantine/core'
import { IconPackage, IconUsers } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { api } from '../../../web/api-client.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Definition } from '../../../web/ui/definition.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Money, Num, Percent } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import type { ImportFigures, ImportView } from '../contract.ts'
import classes from './import-page.module.css'
import { useDurationWords } from './import-words.ts'
import { importPaths } from './imports-api.ts'
import { mayImport } from './may-import.ts'

type ImportResultProps = { view: ImportView; refresh: () => Promise<void> }

/** What an import brought, or why it ended before its end. */
export function ImportResult({ view, refresh }: ImportResultProps) {
  const { t } = useTranslation('imports')
  const isWhole = view.state === 'done'
  const { role } = useShop()
  return (
    <>
      <Section title={t(`result.${view.state}`)} hint={isWhole ? <Sum view={view} /> : undefined}>
        {view.state === 'failed' && <Failure view={view} />}
        {view.state === 'cancelled' && <p>{t('result.cancelledWhy')}</p>}
        {isWhole && <Onward figures={view.figures} />}
        {!isWhole && mayImport(role) && <Resume view={view} refresh={refresh} />}
      </Section>
      <Counts view={view} />
      {view.figures && <Figures figures={view.figures} />}
    </>
  )
}

function Sum({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const durationOf = useDurationWords()
  const { rows, recorded, seconds } = view
  const words = t('result.rows', { count: rows })
  const time = t('result.time', { time: durationOf(seconds) })
  return <>{recorded === 0 && rows > 0 ? `${words} ${t('result.nothingNew')}` : `${words} ${time}`}</>
}

function Failure({ view }: { view: ImportView }) {
  const { t, i18n } = useTranslation('imports')
  const { code = '', message = '' } = view.problem ?? {}
  return (
    <div className={classes.failure} data-tone="lost" role="alert">
      <p>{i18n.exists(`imports:failure.${code}`) ? t(`failure.${code}`) : t('failure.other')}</p>
      {message && (
        <p lang="en" className={classes.message}>
          {message}
        </p>
      )}
    </div>
  )
}

function Resume({ view, refresh }: ImportResultProps) {
  const { t } = useTranslation('imports')
  const shop = useShop()
  const { run, isRunning, error } = useAction(async () => {
    await api.post(importPaths(shop.id).resume(view.id))
    await refresh()
  })
  return (
    <div className={classes.onward}>
      <FormError error={error} />
      <Button onClick={() => void run()} loading={isRunning}>
        {t('result.resume')}
      </Button>
      <span data-quiet>{t('result.resumeWhy')}</span>
    </div>
  )
}

function Onward({ figures }: { figures: ImportFigures | null }) {
  const { t } = useTranslation('imports')
  const params = { shop: String(useShop().id) } as never
  return (
    <div className={classes.onward}>
      {figures !== null && figures.orders > 0 && (
        <Button component={Link} to="/s/$shop/orders" params={params} leftSection={<IconPackage size={17} />}>
          {t('result.toOrders')}
        </Button>
      )}
      <Button
        component={Link}
        to="/s/$shop/people"
        params={params}
        variant="default"
        leftSection={<IconUsers size={17} />}
      >
        {t('result.toPeople')}
      </Button>
    </div>
  )
}

/** The row counts of this run. */
function Counts({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  return (
    <Stats>
      <Stat
        label={t('count.recorded')}
        value={<Num value={view.recorded} />}
        definition={t('count.recordedWhat')}
        tone={view.recorded > 0 ? 'won' : 'quiet'}
      />
      <Stat
        label={t('count.duplicates')}
        value={<Num value={view.duplicates} />}
        definition={t('count.duplicatesWhat')}
      />
      {view.corrected > 0 && (
        <Stat
          label={t('count.corrected')}
          value={<Num value={view.corrected} />}
          definition={t('count.correctedWhat')}
        />
      )}
      <Stat
        label={t('count.bad')}
        value={<Num value={view.bad} />}
        definition={t('count.badWhat')}
        note={t('count.outOf', { count: view.rows })}
        tone={view.bad > 0 ? 'lost' : 'quiet'}
      />
    </Stats>
  )
}

/** What the history now holds of it, counted in the stores and not by the import. */
function Figures({ figures }: { figures: ImportFigures }) {
  const { t } = useTranslation('imports')
  const { judged, late } = figures
  const counts = (['orders', 'persons', 'reviews', 'leads', 'deals', 'events'] as const).filter(
    (key) => figures[key] > 0,
  )
  if (counts.length === 0) return null
  return (
    <Section title={t('figures.title')} hint={figures.isComplete ? t('figures.hint') : t('figures.notYet')}>
      <dl className={classes.figures}>
        {counts.map((key) => (
          <Figure key={key} label={t(`figures.${key}`)} value={<Num value={figures[key]} />} />
        ))}
        {figures.payments.map(({ currency, rows, amount }) => (
          <Figure
            key={currency}
            label={t('figures.payments')}
            value={<Money amount={amount} currency={currency} exact />}
            note={t('figures.paymentRows', { count: rows })}
          />
        ))}
        {judged > 0 && (
          <Figure
            label={t('figures.late')}
            definition={t('figures.lateWhat')}
            value={<Num value={late} />}
            note={
              <>
                {t('figures.lateOf', { count: judged })}: <Percent value={late / judged} digits={1} />
              </>
            }
          />
        )}
      </dl>
    </Section>
  )
}

type FigureProps = { label: string; value: ReactNode; definition?: string; note?: ReactNode }

function Figure({ label, value, definition, note }: FigureProps) {
  return (
    <div>
      <dt>
        {label}
        {definition && <Definition term={label}>{definition}</Definition>}
      </dt>
      <dd>
        {value}
        {note && <small>{note}</small>}
      </dd>
    </div>
  )
}
