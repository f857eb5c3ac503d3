import { Button } from '@mantine/core'
import { IconDownload } from '@tabler/icons-react'
import { formatDay, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Money, Num, Percent } from '../../../web/ui/numbers.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { Stat, Stats } from '../../../web/ui/stat.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Attribution } from '../contract.ts'
import classes from './attribution.module.css'
import { toCsv } from './attribution-csv.ts'
import { type AttributionSearch, MODEL_KEYS, questionOf } from './attribution-search.ts'
import { Chooser, Choosers } from './choosers.tsx'
import { CompareTable } from './compare-table.tsx'
import { ModelTable } from './model-table.tsx'
import { useAttribution, useAttributionAddress, useWayName } from './use-attribution.ts'

/** Which ways of coming to the shop have earned its orders, as eight models see it. */
export function AttributionPage() {
  const { t } = useTranslation('attribution')
  const { timeZone } = useShop()
  const address = useAttributionAddress()
  const query = useAttribution(questionOf(address.search, new Date(), timeZone))
  const answer = query.data
  return (
    <>
      <PageHeader
        title={t('title')}
        subtitle={answer ? <Facts meta={answer.meta} /> : t('subtitle')}
        actions={<CsvButton answer={answer} />}
      />
      <Choosers {...address} />
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {!answer && !query.isError && <div className={classes.skeleton} aria-busy="true" />}
      {answer && !query.isError && (
        <div
          className={classes.body}
          aria-busy={query.isPlaceholderData}
          data-outdated={query.isPlaceholderData || undefined}
        >
          <Banner />
          <Totals answer={answer} />
          <Models answer={answer} {...address} />
        </div>
      )}
    </>
  )
}

function Facts({ meta }: { meta: Attribution['meta'] }) {
  const { t } = useTranslation('attribution')
  const locale = useLocale()
  const days = `${formatDay(meta.fromDay, locale)} – ${formatDay(meta.toDay, locale)}`
  return <>{t('facts', { days, zone: meta.timeZone, journeys: meta.journeys, paths: meta.paths })}</>
}

/** What no model of this kind can show, and what can. */
function Banner() {
  const { t } = useTranslation('attribution')
  return (
    <aside className={classes.banner} aria-label={t('banner.title')}>
      <strong>{t('banner.title')}</strong>
      <p>{t('banner.cause')}</p>
      <p>{t('banner.instead')}</p>
    </aside>
  )
}

function Totals({ answer: { totals, meta } }: { answer: Attribution }) {
  const { t } = useTranslation('attribution')
  return (
    <Stats>
      <Stat
        label={t(`conversion.${meta.conversion}`)}
        value={<Num value={totals.conversions} />}
        definition={t('definition.orders')}
      />
      <Stat
        label={t('totals.money')}
        value={<Money amount={totals.value} currency={meta.currency} />}
        note={totals.foreign > 0 ? t('totals.foreign', { count: totals.foreign }) : undefined}
      />
      <Stat
        label={t('totals.nulls')}
        value={<Num value={totals.nulls} />}
        definition={t('definition.nulls')}
      />
      <Stat
        label={t('totals.unknown')}
        value={<Num value={totals.unknown.conversions} />}
        definition={t('definition.unknown')}
      />
      <Stat
        label={t('totals.unidentified')}
        value={<Percent value={meta.unidentifiedShare} />}
        definition={t('definition.unidentified')}
      />
    </Stats>
  )
}

type ModelsProps = {
  answer: Attribution
  search: AttributionSearch
  change: (part: AttributionSearch) => void
}

function Models({ answer, search, change }: ModelsProps) {
  const { t } = useTranslation('attribution')
  const nameOf = useWayName(answer.meta.by)
  const model = search.model ?? 'markov'
  const hasCredits = answer.models.some(({ channels }) => channels.length > 0)
  const chooser = (
    <div className={classes.models}>
      <Chooser
        label={t('model.label')}
        value={model}
        data={MODEL_KEYS.map((value) => ({ value, label: t(`model.${value}`) }))}
        onChoose={(value) => change({ model: MODEL_KEYS.find((one) => one === value) })}
      />
      {model === 'markov' && (
        <Chooser
          label={t('order.label')}
          value={String(search.order ?? 1)}
          data={['1', '2'].map((value) => ({ value, label: t(`order.${value}`) }))}
          onChoose={(value) => change({ order: value === '2' ? 2 : undefined })}
        />
      )}
    </div>
  )
  return (
    <>
      <Section title={t(`model.${model}`)} hint={t(`about.${model}`)} actions={chooser} flush>
        <ModelTable answer={answer} model={model} nameOf={nameOf} />
      </Section>
      {hasCredits && (
        <Section title={t('compare.title')} hint={t('compare.hint')} flush>
          <CompareTable answer={answer} nameOf={nameOf} />
          <p className={classes.note}>{t('compare.range')}</p>
        </Section>
      )}
    </>
  )
}

function CsvButton({ answer }: { answer: Attribution | undefined }) {
  const { t } = useTranslation('attribution')
  const save = ({ meta }: Attribution, text: string) => {
    const link = document.createElement('a')
    link.href = URL.createObjectURL(new Blob([text], { type: 'text/csv' }))
    link.download = `attribution-${meta.fromDay}-${meta.toDay}.csv`
    link.click()
    // The browser has taken what it needs of the link once the click is through.
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000)
  }
  return (
    <Button
      variant="default"
      size="sm"
      leftSection={<IconDownload size={16} stroke={1.7} />}
      disabled={!answer}
      onClick={() => answer && save(answer, toCsv(answer))}
    >
      {t('csv')}
    </Button>
  )
}
