import type { CSSProperties } from 'react'
import { formatDay, formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { DecisionFlag, type DecisionMark, useDecisionMarks } from '../../decisions/web/parts.tsx'
import { addDays, useShareWords, weightOf } from '../../reports/web/parts.ts'
import type { Cohort, CohortsAnswer, Retention } from '../contract.ts'
import classes from './cohorts.module.css'
import type { Mode } from './cohorts-search.ts'
import { writeShare } from './curve-shape.ts'
import { haveYears, nameRow } from './name-row.ts'
import type { CohortsAddress } from './use-cohorts.ts'

type TableProps = { answer: CohortsAnswer; mode: Mode; address: CohortsAddress }

/** A row for each week or month, a column for each stretch after it. What isn't over is hatched, never a zero. */
export function CohortTable({ answer, mode, address }: TableProps) {
  const { t } = useTranslation('cohorts')
  const { size, mean, cohorts } = answer
  const decisions = useDecisionMarks(cohorts[0]?.from, cohorts.at(-1)?.to)
  const most = Math.max(0, ...cohorts.flatMap(({ cells }) => cells.map((cell) => strength(cell, mode))))
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keys */}
      <div className={classes.wide} tabIndex={0}>
        <table className={classes.heat} aria-label={t(`table.title.${size}`)}>
          <thead>
            <tr>
              <th scope="col">{t(`table.began.${answer.returns === 'order' ? 'order' : 'contact'}`)}</th>
              <th scope="col">{t('table.persons')}</th>
              {mean.map((_, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
                <th key={at} scope="col">
                  {t(`table.stretch.${size}`, { n: at + 1 })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {cohorts.map((cohort) => (
              <Row
                key={cohort.from}
                cohort={cohort}
                decisions={decisions.filter(({ day }) => cohort.from <= day && day < cohort.to)}
                most={most}
                mode={mode}
                address={address}
                answer={answer}
              />
            ))}
          </tbody>
          <tfoot>
            <tr>
              <th scope="row">{t('table.mean')}</th>
              <td>
                <Count n={answer.n} />
              </td>
              {mean.map((cell, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
                <td key={at}>{cell ? <Words cell={cell} mode={mode} /> : <Open />}</td>
              ))}
            </tr>
          </tfoot>
        </table>
      </div>
      <p className={classes.legend}>
        <i data-open /> {t('table.open')} <i data-heat /> {t('table.heat')}
      </p>
    </>
  )
}

type RowProps = TableProps & { cohort: Cohort; decisions: readonly DecisionMark[]; most: number }

function Row({ cohort, decisions, most, mode, address, answer }: RowProps) {
  const locale = useLocale()
  const last = addDays(cohort.to, -1)
  return (
    <tr>
      <th scope="row" title={`${formatDay(cohort.from, locale)} – ${formatDay(last, locale)}`}>
        {nameRow(cohort, haveYears(answer.cohorts), locale)}
        <DecisionFlag decisions={decisions} side="beside" />
      </th>
      <td>
        <Count n={cohort.n} />
      </td>
      {cohort.cells.map((cell, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a stretch is its place
        <td key={at} style={heat(cell, mode, most)} data-heat={strength(cell, mode) > 0 || undefined}>
          {cell ? (
            <Cell cell={cell} at={at} {...{ cohort, mode, address, answer }} />
          ) : (
            cohort.n > 0 && <Open />
          )}
        </td>
      ))}
    </tr>
  )
}

type CellProps = Omit<RowProps, 'most' | 'decisions'> & { cell: Retention; at: number }

/** A number that opens the list of the persons behind it. */
function Cell({ cell, at, cohort, mode, address, answer }: CellProps) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const { cohort: open, stretch } = address.search
  const words = useShareWords()({ ...cell[mode], n: cell.of })
  const isOpen = open === cohort.from && stretch === at + 1
  const label = t(`table.cell.${answer.size}`, {
    day: formatDay(cohort.from, locale),
    n: at + 1,
    value: `${words.value} ${words.range}`.trim(),
    count: cell.of,
  })
  return (
    <button
      type="button"
      className={classes.cell}
      aria-label={label}
      title={label}
      aria-pressed={isOpen}
      onClick={() =>
        isOpen ? address.close() : address.open({ cohort: cohort.from, stretch: at + 1, kind: mode })
      }
    >
      <Words cell={cell} mode={mode} />
    </button>
  )
}

/** From 100 persons a number, from 30 only the range, below nothing. */
function Words({ cell, mode }: { cell: Retention; mode: Mode }) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const { share, low, high } = cell[mode]
  const weight = weightOf(cell.of)
  if (weight === 'none') return <small data-quiet>{t('table.few')}</small>
  if (weight === 'number') return <>{writeShare(share, locale)}</>
  return (
    <small className={classes.between}>{`${Math.round(low * 100)}–${formatPercent(high, locale)}`}</small>
  )
}

function Count({ n }: { n: number }) {
  const locale = useLocale()
  return <span className="num">{formatNumber(n, locale)}</span>
}

function Open() {
  const { t } = useTranslation('cohorts')
  return (
    <span className={classes.open}>
      <span className="only-spoken">{t('table.open')}</span>
    </span>
  )
}

/** Percent of green at most: ink stays legible on it, on paper and in the dark. */
const HEAT = 46

/** Only what is written as a number has a colour. */
const strength = (cell: Retention | null, mode: Mode) =>
  cell && weightOf(cell.of) === 'number' ? cell[mode].share : 0

function heat(cell: Retention | null, mode: Mode, most: number): CSSProperties | undefined {
  const own = strength(cell, mode)
  return own > 0 && most > 0
    ? ({ '--heat': `${Math.round((own / most) * HEAT)}%` } as CSSProperties)
    : undefined
}
