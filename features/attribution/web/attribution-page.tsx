import { IconRoute } from '@tabler/icons-react'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser, ReportPage, useReportAddress } from '../../reports/web/parts.ts'
import type { Attribution } from '../contract.ts'
import classes from './attribution.module.css'
import { FIGURES, MODEL_KEYS, readSearch } from './attribution-search.ts'
import { toTables } from './attribution-tables.ts'
import { Choosers } from './choosers.tsx'
import { CompareTable } from './compare-table.tsx'
import { CostsSection } from './costs-section.tsx'
import { HoldoutSection } from './holdout-section.tsx'
import { Lead } from './lead.tsx'
import { ModelTable } from './model-table.tsx'
import { PathOrdersList } from './path-orders-list.tsx'
import { Totals } from './totals.tsx'
import { type AttributionAddress, useAttribution, useQuestion, useWayName } from './use-attribution.ts'

/** Which ways of coming to the shop have earned its orders, as eight models see it, and what they cost. */
export function AttributionPage() {
  const { t } = useTranslation('attribution')
  const address = useReportAddress(readSearch)
  const query = useAttribution(useQuestion(address.search))
  const nameOf = useWayName(query.data?.meta.by)
  return (
    <ReportPage<Attribution>
      title={t('title')}
      subtitle={t('subtitle')}
      query={query}
      choosers={<Choosers {...address} />}
      definition={<Definition />}
      tables={(answer) => toTables(answer, t, nameOf)}
      fileName="attribution"
      onSample={(sample) => address.change({ sample })}
    >
      {(answer) => <Found answer={answer} address={address} nameOf={nameOf} />}
    </ReportPage>
  )
}

const DEFINITIONS = ['visit', 'order', 'nulls', 'models', 'range', 'costs', 'change'] as const

function Definition() {
  const { t } = useTranslation('attribution')
  return DEFINITIONS.map((key) => <p key={key}>{t(`how.${key}`)}</p>)
}

type FoundProps = {
  answer: Attribution
  address: AttributionAddress
  nameOf: (way: string) => string
}

function Found(props: FoundProps) {
  const { t } = useTranslation('attribution')
  const { answer, address, nameOf } = props
  if (answer.models.every(({ channels }) => channels.length === 0))
    return (
      <>
        <Section>
          <EmptyState icon={<IconRoute />} title={t('empty.title')}>
            {t('empty.why')}
          </EmptyState>
        </Section>
        <Totals answer={answer} address={address} />
        <PathOrdersList address={address} nameOf={nameOf} />
        <CostsSection answer={answer} nameOf={nameOf} />
      </>
    )
  return (
    <>
      <Lead answer={answer} model={address.search.model ?? 'markov'} nameOf={nameOf} />
      <HoldoutSection {...props} />
      <Model {...props} />
      <PathOrdersList address={address} nameOf={nameOf} />
      <Totals answer={answer} address={address} />
      <Compared {...props} />
      <CostsSection answer={answer} nameOf={nameOf} />
    </>
  )
}

function Model({ answer, address, nameOf }: FoundProps) {
  const { t } = useTranslation('attribution')
  const { search, change, open } = address
  const model = search.model ?? 'markov'
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
    <Section title={t(`model.${model}`)} hint={t(`about.${model}`)} actions={chooser} flush>
      <ModelTable answer={answer} model={model} nameOf={nameOf} open={(way) => open({ way })} />
      <p className={classes.note}>
        {t('legend')}
        {answer.joinedWays > 0 && ` ${t('joined', { count: answer.joinedWays })}`}
      </p>
    </Section>
  )
}

function Compared({ answer, address, nameOf }: FoundProps) {
  const { t } = useTranslation('attribution')
  const hasCosts = answer.costs !== null && !answer.costs.isWithheld
  const figure = hasCosts ? (address.search.show ?? 'share') : 'share'
  const chooser = hasCosts && (
    <Chooser
      label={t('show.label')}
      value={figure}
      data={FIGURES.map((value) => ({ value, label: t(`show.${value}`) }))}
      onChoose={(value) => address.change({ show: FIGURES.find((one) => one === value) })}
    />
  )
  return (
    <Section title={t('compare.title')} hint={t(`compare.hint.${figure}`)} actions={chooser} flush>
      <CompareTable answer={answer} figure={figure} nameOf={nameOf} />
      <p className={classes.note}>{t('compare.range')}</p>
    </Section>
  )
}
