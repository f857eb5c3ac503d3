import { Button, NumberInput } from '@mantine/core'
import { useState } from 'react'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser } from '../../reports/web/parts.ts'
import type { Attribution } from '../contract.ts'
import classes from './attribution.module.css'
import { type HoldoutFacts, MAX_WEEKS, planHoldout } from './holdout.ts'
import { type AttributionAddress, useQuestion, useWeeklyOrders } from './use-attribution.ts'

type HoldoutProps = {
  answer: Attribution
  address: AttributionAddress
  nameOf: (way: string) => string
}

/** What no model of this kind can show, what can, and how long that would take. */
export function HoldoutSection(props: HoldoutProps) {
  const { t } = useTranslation('attribution')
  const [isOpen, setOpen] = useState(false)
  return (
    <aside className={classes.banner} aria-label={t('banner.title')}>
      <strong>{t('banner.title')}</strong>
      <p>{t('banner.cause')}</p>
      <div className={classes.offer}>
        <p className={classes.trial}>{t('banner.instead')}</p>
        {!isOpen && (
          <Button size="sm" variant="default" onClick={() => setOpen(true)}>
            {t('holdout.open')}
          </Button>
        )}
      </div>
      {isOpen && <Calculator {...props} />}
    </aside>
  )
}

const SHARES = ['10', '20', '30', '50']
const MIN_WEEKS = 4
const WEEK_MS = 7 * 86_400_000

function Calculator({ answer, address, nameOf }: HoldoutProps) {
  const { t } = useTranslation('attribution')
  const weekly = useWeeklyOrders(useQuestion(address.search), true)
  const credits = findCredits(answer, address.search.model)
  const [way, setWay] = useState(credits[0]?.channel ?? '')
  const [share, setShare] = useState('20')
  const [part, setPart] = useState<number | string>(100)
  if (weekly.isError) return <ErrorState error={weekly.error} onRetry={() => void weekly.refetch()} />
  if (!weekly.data) return <div aria-busy="true" className={classes.waiting} />
  const facts = readFacts(answer, address.search.model, way, Number(part) / 100, weekly.data.weeks)
  return (
    <Section title={t('holdout.title')} hint={t('holdout.hint')}>
      <div className={classes.fields}>
        <Chooser
          label={t('holdout.way')}
          value={way}
          data={credits.map(({ channel }) => ({ value: channel, label: nameOf(channel) }))}
          onChoose={setWay}
        />
        <NumberInput
          size="sm"
          label={t('holdout.part')}
          value={part}
          onChange={setPart}
          min={1}
          max={300}
          suffix=" %"
          allowDecimal={false}
        />
        <Chooser
          label={t('holdout.share')}
          value={share}
          data={SHARES.map((value) => ({ value, label: `${value} %` }))}
          onChoose={setShare}
        />
      </div>
      {facts.weeks.length < MIN_WEEKS || !(facts.effect > 0) ? (
        <p className={classes.quiet}>{t('holdout.few')}</p>
      ) : (
        <Plan facts={facts} share={Number(share) / 100} />
      )}
    </Section>
  )
}

function Plan({ facts, share }: { facts: HoldoutFacts; share: number }) {
  const { t } = useTranslation('attribution')
  const plan = planHoldout(facts, share)
  const percent = Math.round(100 * share)
  return (
    <>
      <p>{t('holdout.looks', { count: Math.round(facts.effect) })}</p>
      <dl className={classes.plan}>
        {(['pauses', 'regions', 'people'] as const).map((kind) => (
          <div key={kind}>
            <dt>{t(`holdout.${kind}.title`, { percent })}</dt>
            <dd>
              <strong>
                {plan[kind] === null
                  ? t('holdout.never', { count: MAX_WEEKS })
                  : t('holdout.weeks', { count: kind === 'pauses' ? 2 * plan[kind] : plan[kind] })}
              </strong>
              <span>{t(`holdout.${kind}.how`, { percent })}</span>
            </dd>
          </div>
        ))}
      </dl>
      <p className={classes.quiet}>{t('holdout.sure')}</p>
    </>
  )
}

function findCredits({ models }: Attribution, model = 'markov') {
  const credits = models.find((one) => one.model === model)?.channels ?? []
  return credits
    .filter(({ conversions }) => conversions > 0)
    .toSorted((a, b) => b.conversions - a.conversions)
}

/** A week's share of what the model credits, as far as it is believed. */
function readFacts(
  answer: Attribution,
  model: string | undefined,
  way: string,
  part: number,
  weeks: readonly number[],
): HoldoutFacts {
  const { from, to, computedAt } = answer.meta
  const end = Math.min(Date.parse(to), Date.parse(computedAt))
  const span = Math.max(1, (end - Date.parse(from)) / WEEK_MS)
  const credit = findCredits(answer, model).find(({ channel }) => channel === way)
  const reach = answer.reach.find(({ channel }) => channel === way)
  return {
    weeks,
    effect: ((credit?.conversions ?? 0) / span) * part,
    reached: (reach?.journeys ?? 0) / span,
    rate: reach && reach.journeys > 0 ? reach.orders / reach.journeys : 0,
  }
}
