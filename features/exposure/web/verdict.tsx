import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import type { Estimate, ExposureAnswer } from '../contract.ts'
import { isHappening } from '../vocabulary.ts'
import classes from './exposure.module.css'
import { useExposureWords, useTouchpoints } from './use-exposure.ts'

/** Touchpoints where the shop itself decides how often: there a lot answers. */
const OWN_MESSAGES = ['newsletter', 'ads_after_buying', 'survey']

const TONES = { more: 'won', less: 'lost', none: 'even' } as const
export type Direction = keyof typeof TONES

export const findDirection = ({ low, high }: Estimate): Direction =>
  low > 0 ? 'more' : high < 0 ? 'less' : 'none'
export const toneOf = ({ effect }: Pick<ExposureAnswer, 'effect'>) =>
  effect ? TONES[findDirection(effect)] : 'quiet'

/** What the picture means, in words: an answer, or why there is none and what would bring one. */
export function Verdict({ answer }: { answer: ExposureAnswer }) {
  const { t } = useTranslation('exposure')
  const isOwn = OWN_MESSAGES.includes(answer.touchpoint)
  return (
    <section className={classes.verdict} data-tone={toneOf(answer)} aria-label={t('verdict.label')}>
      {answer.refusal === null && answer.effect ? (
        <Answered answer={answer} effect={answer.effect} />
      ) : (
        <Refused answer={answer} />
      )}
      {isOwn && <p className={classes.note}>{t('verdict.own')}</p>}
      {answer.drawn && <Drawn {...answer.drawn} />}
    </section>
  )
}

function Answered({ answer, effect }: { answer: ExposureAnswer; effect: Estimate }) {
  const { t } = useTranslation('exposure')
  const { write, range, bin } = useExposureWords(answer.outcome)
  const { nameOf } = useTouchpoints()
  const direction = findDirection(effect)
  const none = answer.bins[0]?.adjusted?.value ?? 0
  const enough = answer.bins.find(({ from }) => from === answer.enough)
  const values = {
    name: nameOf(answer.touchpoint),
    none: write(none),
    effect: write(Math.abs(effect.value), false),
    change: write(effect.value, true),
    range: range(effect, true),
  }
  return (
    <>
      <h2>{t(`verdict.${direction}.title`, values)}</h2>
      <p>{t(`verdict.${direction}.${answer.outcome}`, values)}</p>
      {direction === 'more' && (
        <p>
          {enough && enough.from > 0
            ? t('verdict.enough', { bin: bin(enough), count: enough.to ?? enough.from })
            : t(answer.enough === null ? 'verdict.noEnd' : 'verdict.flat')}
        </p>
      )}
      <p>{t('verdict.passed')}</p>
    </>
  )
}

function Refused({ answer }: { answer: ExposureAnswer }) {
  const { t } = useTranslation('exposure')
  const locale = useLocale()
  const { nameOf } = useTouchpoints()
  const refusal = answer.refusal ?? 'unclear'
  const isMark = !isHappening(answer.outcome)
  const reason =
    isMark && (refusal === 'active' || refusal === 'ends') ? (`${refusal}_mark` as const) : refusal
  const number = (value: number) => formatNumber(value, locale)
  const values = {
    name: nameOf(answer.touchpoint),
    events: number(answer.events),
    needed: number(answer.needed ?? 0),
    window: answer.window,
  }
  return (
    <>
      <h2>{t(`refusal.${reason}.title`, values)}</h2>
      <p>{t(`refusal.${reason}.why`, values)}</p>
      <p>{t(`refusal.${reason}.what`, values)}</p>
    </>
  )
}

function Drawn({ persons, of }: { persons: number; of: number }) {
  const { t } = useTranslation('exposure')
  const locale = useLocale()
  const values = { persons: formatNumber(persons, locale), of: formatNumber(of, locale) }
  return <p className={classes.note}>{t('verdict.drawn', values)}</p>
}
