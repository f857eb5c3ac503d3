import { Button, SegmentedControl, Skeleton } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { FLOOR_NUMBER, FLOOR_WORD } from '../../../kernel/stats/floors.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import type { Decision, MeasureVerdict, Verdict } from '../contract.ts'
import type { EffectMeasure } from '../vocabulary.ts'
import { useVerdict } from './use-verdict.ts'
import classes from './verdict.module.css'
import { VerdictPicture } from './verdict-picture.tsx'
import { findMain, toneOfVerdict, useVerdictWords } from './verdict-words.ts'

/** The verdict in one word, for lists of other rooms. */
export function VerdictBadge({ decision }: { decision: number }) {
  const { t } = useVerdictWords()
  const { data, isError } = useVerdict(decision)
  if (isError) return null
  if (!data) return <Skeleton width={90} height={20} radius="xl" />
  return <Badge tone={toneOfVerdict(data.word)}>{t(`word.${data.word}`)}</Badge>
}

/** What became of a decision: a word, what it rests on, and on demand the picture and all figures. */
export function VerdictPart({ decision, isOpen = false }: { decision: Decision; isOpen?: boolean }) {
  const { t } = useVerdictWords()
  const { data, error, isFetching, refetch } = useVerdict(decision.id)
  if (error)
    return (
      <div className={classes.failed}>
        <FormError error={error} />
        <Button variant="default" size="compact-sm" loading={isFetching} onClick={() => void refetch()}>
          {t('retry')}
        </Button>
      </div>
    )
  if (!data) return <Skeleton height={64} radius="md" aria-busy="true" />
  return <VerdictBox key={String(isOpen)} verdict={data} decision={decision} beginsOpen={isOpen} />
}

type BoxProps = { verdict: Verdict; decision: Decision; beginsOpen: boolean }

function VerdictBox({ verdict, decision, beginsOpen }: BoxProps) {
  const words = useVerdictWords()
  const { t } = words
  const [isOpen, setOpen] = useState(beginsOpen)
  const main = findMain(verdict)
  const sentences = [
    ...(main ? words.tellFound(main) : []),
    main ? words.tellCause(verdict, main) : '',
    words.tellExpected(verdict),
    words.tellMoney(verdict, decision),
    verdict.besides.length === 0 || verdict.reason
      ? ''
      : t('besides', { titles: verdict.besides.map(({ title }) => `«${title}»`).join(', ') }),
    words.tellReason(verdict),
  ].filter((one) => one !== '')
  return (
    <div className={classes.verdict} data-tone={toneOfVerdict(verdict.word)}>
      <Badge tone={toneOfVerdict(verdict.word)}>{t(`word.${verdict.word}`)}</Badge>
      <p>{sentences.join(' ')}</p>
      {verdict.measures.some(({ place }) => place.before || place.after) && (
        <Button
          className={classes.more}
          variant="subtle"
          size="compact-sm"
          aria-expanded={isOpen}
          onClick={() => setOpen(!isOpen)}
        >
          {t(isOpen ? 'hide' : 'show')}
        </Button>
      )}
      {isOpen && <Evidence verdict={verdict} decision={decision} first={main?.measure ?? 'kept'} />}
    </div>
  )
}

type EvidenceProps = { verdict: Verdict; decision: Decision; first: EffectMeasure }

function Evidence({ verdict, decision, first }: EvidenceProps) {
  const { t } = useVerdictWords()
  const shop = useShop()
  const [measure, setMeasure] = useState<EffectMeasure>(first)
  const one = verdict.measures.find((other) => other.measure === measure)
  const { stage } = decision
  // As many before: windows are equally long.
  const weeks = one?.weeks.filter(({ at }) => at > 0).length ?? 0
  return (
    <div className={classes.evidence}>
      <SegmentedControl
        className={classes.tabs}
        size="xs"
        aria-label={t('measures')}
        value={measure}
        data={verdict.measures.map(({ measure: value }) => ({ value, label: t(`measure.${value}`) }))}
        onChange={(value) => setMeasure(value as EffectMeasure)}
      />
      {one && <VerdictPicture one={one} besides={verdict.besides} />}
      <Figures verdict={verdict} />
      <p className={classes.quiet}>
        {weeks > 0 && t('howCounted', { count: weeks })}
        {stage !== null && (
          <>
            {' '}
            <Link to="/s/$shop/map/stage/$stage" params={{ shop: String(shop.id), stage }}>
              {t('toPlace')}
            </Link>
          </>
        )}
      </p>
    </div>
  )
}

function Figures({ verdict }: { verdict: Verdict }) {
  const { t } = useVerdictWords()
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard
    <section className={classes.scroll} tabIndex={0} aria-label={t('figures')}>
      <table className={classes.figures}>
        <thead>
          <tr>
            <th scope="col">{t('column.measure')}</th>
            <th scope="col">{t('column.before')}</th>
            <th scope="col">{t('column.after')}</th>
            <th scope="col">{t('column.others')}</th>
            <th scope="col">{t('column.change')}</th>
            <th scope="col">{t('column.word')}</th>
          </tr>
        </thead>
        <tbody>
          {verdict.measures.map((one) => (
            <FigureRow key={one.measure} one={one} />
          ))}
        </tbody>
      </table>
    </section>
  )
}

function FigureRow({ one }: { one: MeasureVerdict }) {
  const { t, level, writeChange } = useVerdictWords()
  const { measure, place, others, change, word } = one
  const write = (side: MeasureVerdict['place']['before']) => {
    if (!side || side.n < FLOOR_WORD) return t('word.few_data')
    const mean =
      side.n < FLOOR_NUMBER
        ? t('range', { low: level(measure, side.low), high: level(measure, side.high) })
        : level(measure, side.mean)
    return `${mean} · ${t('persons', { count: side.n })}`
  }
  const beside =
    others.before && others.after
      ? `${level(measure, others.before.mean)} → ${level(measure, others.after.mean)}`
      : t('nobody')
  return (
    <tr>
      <th scope="row">{t(`measure.${measure}`)}</th>
      <td>{write(place.before)}</td>
      <td>{write(place.after)}</td>
      <td>{beside}</td>
      <td>{change && change.smallest >= FLOOR_WORD ? writeChange(measure, change) : '–'}</td>
      <td>
        <Badge tone={toneOfVerdict(word)}>{t(`word.${word}`)}</Badge>
      </td>
    </tr>
  )
}
