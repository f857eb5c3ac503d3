import { useTimeZone } from '../../../../web/shop-context.tsx'
import { useTranslation } from '../../../../web/use-translation.ts'
import type { CohortsAnswer } from '../../../cohorts/contract.ts'
import { findMode, readCohortsSearch, toCohortsQuery } from '../../../cohorts/web/parts.ts'
import { Estimate, weightOf } from '../../../reports/web/parts.ts'
import classes from '../boards.module.css'
import type { CardProps } from '../card-kinds.ts'
import { Headline, Nothing, ReportCard } from './report-card.tsx'

type Mode = ReturnType<typeof findMode>
const ROWS = 8
const COLUMNS = 8
const stretches = Array.from({ length: COLUMNS }, (_, place) => place)

/** Who comes back, by the week or month of the first visit. */
export function CohortsCard({ search }: CardProps) {
  const read = readCohortsSearch(search)
  const query = toCohortsQuery(read, new Date(), useTimeZone())
  return (
    <ReportCard<CohortsAnswer> path="cohorts" query={query}>
      {(answer) => <Grid answer={answer} mode={findMode(read)} />}
    </ReportCard>
  )
}

function Grid({ answer, mode }: { answer: CohortsAnswer; mode: Mode }) {
  const { t } = useTranslation('boards')
  const { mean, stretchDays, size } = answer
  const first = mean[0]
  if (!first) return <Nothing />
  const isWhole = (size === 'week' && stretchDays === 7) || (size === 'month' && stretchDays >= 28)
  return (
    <>
      <Headline figure={<Estimate {...first[mode]} n={first.of} />}>
        {isWhole ? t(`card.cohorts.${size}`) : t('card.cohorts.days', { days: stretchDays })}
      </Headline>
      <Picture answer={answer} mode={mode} />
    </>
  )
}

/** The darker, the more came back; few data stay empty. The words say the rest. */
function Picture({ answer: { cohorts }, mode }: { answer: CohortsAnswer; mode: Mode }) {
  const rows = cohorts.slice(-ROWS)
  const shares = rows.flatMap(({ cells }) =>
    cells.flatMap((cell) => (cell && weightOf(cell.of) !== 'none' ? [cell[mode].share] : [])),
  )
  const most = Math.max(...shares, 0.0001)
  const width = 240 / COLUMNS
  return (
    <svg className={classes.picture} viewBox={`0 0 240 ${rows.length * 14}`} aria-hidden="true">
      {rows.flatMap(({ from, cells }, row) =>
        stretches.map((column) => {
          const cell = cells[column]
          const isKnown = cell && weightOf(cell.of) !== 'none'
          return (
            <rect
              key={`${from} ${column}`}
              x={column * width + 1}
              y={row * 14 + 1}
              width={width - 3}
              height={11}
              rx={3}
              fill={isKnown ? 'var(--won)' : 'var(--sunk)'}
              opacity={isKnown ? 0.15 + 0.85 * (cell[mode].share / most) : 1}
            />
          )
        }),
      )}
    </svg>
  )
}
