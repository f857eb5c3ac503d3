import { Link } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { GapAnswer } from '../../changes/contract.ts'
import { useChangeWords } from '../../changes/web/parts.ts'
import type { Answering, DriversAnswer } from '../../drivers/contract.ts'
import {
  judgeAnswering,
  USUAL_DAYS,
  useAnsweringWords,
  useDriverFigures,
  useDriverNames,
} from '../../drivers/web/parts.ts'
import classes from './findings.module.css'
import { linkTo } from './link-to.ts'
import { type Finding, listFindings, type Source } from './news.ts'
import today from './today.module.css'
import { useChanges, useDriverNews } from './use-news.ts'

/** All that harms and helps for certain, and what only looks so, one column for each thing that may come of a contact. */
export function Findings() {
  const { t } = useTranslation('boards')
  const { sources } = useDriverNews()
  const answers = sources.flatMap((source) => (source.status === 'ready' ? [source.data] : []))
  const told = answers.filter((answer) => answer.refusal === null)
  const changes = useChanges()
  const gaps = changes.status === 'ready' ? changes.data.gaps : []
  if (sources.length === 0 || (told.length === 0 && gaps.length === 0)) return null
  return (
    <section className={classes.findings} aria-labelledby="findings-title">
      <h2 id="findings-title" className={today.kicker}>
        {t('findings.title')}
      </h2>
      <p className={classes.hint}>{t('findings.hint')}</p>
      <div className={classes.columns}>
        {told.map((answer) => (
          <Column key={answer.outcome} answer={answer} />
        ))}
        {gaps.length > 0 && <Gaps gaps={gaps} />}
      </div>
      <Rest sources={[...sources, changes]} />
    </section>
  )
}

/** What is still being counted, or didn't come. */
function Rest({ sources }: { sources: readonly Source<unknown>[] }) {
  const { t } = useTranslation('boards')
  const isWaiting = sources.some(({ status }) => status === 'loading')
  const isLost = sources.some(({ status }) => status === 'failed')
  if (!isWaiting && !isLost) return null
  return (
    <p className={classes.rest} role="status">
      {t(isWaiting ? 'findings.waiting' : 'findings.lost')}
    </p>
  )
}

function Column({ answer }: { answer: DriversAnswer }) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const { outcome } = answer
  const findings = listFindings(answer)
  return (
    <div className={classes.column}>
      <h3>{t(`findings.outcome.${outcome}`)}</h3>
      {findings.length === 0 && <p className={classes.hint}>{t('findings.none')}</p>}
      <ul>
        {findings.map((finding) => (
          <Line key={finding.driver.key} finding={finding} currency={answer.meta.currency} />
        ))}
        {answer.answering && <Answered answering={answer.answering} />}
      </ul>
      <Link {...linkTo(id, 'drivers', `days=${USUAL_DAYS[outcome]}&outcome=${outcome}`)}>
        {t('findings.all')}
      </Link>
    </div>
  )
}

/** Who answers isn't everybody: told where that moves the figure for certain. */
function Answered({ answering }: { answering: Answering }) {
  const { t } = useTranslation('boards')
  const tell = useAnsweringWords()
  if (judgeAnswering(answering) === 'alike') return null
  return (
    <li data-tone="quiet">
      <b>{t('findings.answering')}</b> <span>{tell(answering)}</span>
    </li>
  )
}

const MOST_GAPS = 6

/** For whom a standard is kept less than for the others. */
function Gaps({ gaps }: { gaps: GapAnswer[] }) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const { placeName, audienceName, write, points } = useChangeWords()
  return (
    <div className={classes.column}>
      <h3>{t('findings.gaps')}</h3>
      <ul>
        {gaps.slice(0, MOST_GAPS).map(({ place, audience, own, others, low, high }) => (
          <li key={`${place} ${audience}`} data-tone="lost">
            <Link {...linkTo(id, 'changes', new URLSearchParams({ place, audience }).toString())}>
              {placeName(place)}: {audienceName(audience)}
            </Link>{' '}
            <span>
              {t('findings.gap', {
                own: write('kept', own),
                others: write('kept', others),
                low: points(low),
                high: points(high),
              })}
            </span>
          </li>
        ))}
      </ul>
      <Link {...linkTo(id, 'changes', '')}>{t('findings.all')}</Link>
    </div>
  )
}

const tones = { harms: 'lost', helps: 'won', trap: 'quiet' } as const

function Line({ finding: { driver, outcome, kind }, currency }: { finding: Finding; currency: string }) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const { nameOf } = useDriverNames()
  const words = useDriverFigures(outcome, currency)
  const search = new URLSearchParams({ days: String(USUAL_DAYS[outcome]), outcome, driver: driver.key })
  const { effect, naive } = driver
  if (!effect) return null
  return (
    <li data-tone={tones[kind]}>
      <Link {...linkTo(id, 'drivers', search.toString())}>{nameOf(driver)}</Link>{' '}
      <span>
        {kind === 'trap' && naive
          ? t('findings.trap', { naive: words.effect(naive.value), effect: words.whole(effect) })
          : words.whole(effect)}
        {kind !== 'trap' && driver.isConfounded && naive && (
          <em> {t('findings.naive', { naive: words.effect(naive.value) })}</em>
        )}
      </span>
    </li>
  )
}
