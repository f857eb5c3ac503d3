import { formatNumber, useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Estimate, weightOf } from '../../reports/web/parts.ts'
import type { CohortsAnswer, Difference, Retention } from '../contract.ts'
import classes from './cohorts.module.css'
import type { Mode } from './cohorts-search.ts'
import { digitsOf } from './curve-shape.ts'

/** Found among all stretches looked at: of such findings one in twenty may be chance. */
const MAX_RATE = 0.05

interface Line {
  n: number
  own: Retention
  other: Retention
  difference: Difference
}

/** Both sides stretch by stretch, and whether they differ by more than chance. */
export function CohortCompare({ answer, mode }: { answer: CohortsAnswer; mode: Mode }) {
  const { t } = useTranslation('cohorts')
  const lines = listLines(answer, mode)
  const found = lines.filter(({ difference }) => difference.q < MAX_RATE)
  const hint =
    lines.length === 0
      ? t('compare.nothing')
      : found.length === 0
        ? t('compare.same', { count: lines.length })
        : t('compare.differ', { found: found.length, count: lines.length })
  return (
    <Section title={t('compare.title')} hint={hint} flush>
      {lines.length > 0 && (
        <DataTable
          label={t('compare.title')}
          list={wholeList(lines)}
          rowKey={({ n }) => String(n)}
          columns={[
            {
              key: 'n',
              header: t('compare.stretch'),
              cell: ({ n }) => t(`table.stretch.${answer.size}`, { n }),
            },
            {
              key: 'own',
              header: t('curve.own'),
              align: 'end',
              cell: ({ own }) => <Estimate {...own[mode]} n={own.of} digits={digitsOf(own[mode].share)} />,
            },
            {
              key: 'other',
              header: t('curve.other'),
              align: 'end',
              cell: ({ other }) => (
                <Estimate {...other[mode]} n={other.of} digits={digitsOf(other[mode].share)} />
              ),
            },
            {
              key: 'difference',
              header: t('compare.difference'),
              align: 'end',
              cell: (line) => <Points {...line} />,
            },
          ]}
          empty={null}
        />
      )}
    </Section>
  )
}

/** A difference needs enough persons on both sides. */
function listLines({ mean, other }: CohortsAnswer, mode: Mode): Line[] {
  return mean.flatMap((own, at): Line[] => {
    const beside = other?.mean[at]
    const difference = other?.[mode][at]
    const isEnough = own && beside && weightOf(own.of) !== 'none' && weightOf(beside.of) !== 'none'
    return isEnough && difference ? [{ n: at + 1, own, other: beside, difference }] : []
  })
}

function Points({ difference: { difference, low, high, q } }: Line) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const write = (share: number) => formatNumber(share * 100, locale, { digits: 1, signed: true })
  const isFound = q < MAX_RATE
  const tone = difference > 0 ? 'won' : 'lost'
  return (
    <span className={classes.points} data-tone={isFound ? tone : undefined}>
      {t('compare.points', { value: write(difference) })}{' '}
      <small className="range">
        {write(low)} … {write(high)}
      </small>{' '}
      <small>{t(isFound ? 'compare.found' : 'compare.chance')}</small>
    </span>
  )
}
