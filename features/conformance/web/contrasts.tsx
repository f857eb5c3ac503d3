import { formatNumber, useLocale } from '../../../web/format.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Change, Contrast } from '../contract.ts'
import classes from './conformance.module.css'
import { MAX_RATE } from './sentences.tsx'
import { ShareLink, type TableProps } from './tables.tsx'
import { useStepNames } from './use-step-names.ts'

type Difference = { value: number; low: number; high: number; q: number }

/** A difference in percentage points with its range, and whether it is more than chance. */
function Points({ difference, tone }: { difference: Difference | null; tone?: 'won' | 'lost' | undefined }) {
  const { t } = useTranslation('conformance')
  const locale = useLocale()
  if (!difference) return <span data-quiet>{t('ui:fewData')}</span>
  const { value, low, high, q } = difference
  const write = (share: number) => formatNumber(share * 100, locale, { digits: 1, signed: true })
  const isFound = q <= MAX_RATE
  return (
    <span className={classes.points} data-tone={isFound ? tone : undefined}>
      {t('contrast.points', { value: write(value) })}{' '}
      <small className="range">
        {write(low)} … {write(high)}
      </small>{' '}
      <small>{t(isFound ? 'contrast.found' : 'contrast.chance')}</small>
    </span>
  )
}

/** Where deviating and conforming journeys differ in how they ended. */
export function Contrasts({ answer, open }: TableProps) {
  const { t } = useTranslation('conformance')
  const columns = useContrastColumns({ answer, open })
  const { contrasts, outcome } = answer
  return (
    <Section
      title={t('contrast.title')}
      hint={`${t(`contrast.about.${outcome}`)} ${t('contrast.association')}`}
      flush
    >
      <DataTable
        label={t('contrast.title')}
        list={wholeList(contrasts)}
        rowKey={({ step, by }) => `${step} ${by}`}
        columns={columns}
        empty={<p className={classes.nothing}>{t('contrast.nothing')}</p>}
      />
    </Section>
  )
}

function useContrastColumns({ answer: { steps, outcome }, open }: TableProps): Column<Contrast>[] {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const name = (step: number) => {
    const found = steps[step - 1]
    return found ? `${step}. ${nameStep(found)}` : ''
  }
  const isGood = outcome !== 'low'
  return [
    { key: 'step', header: t('contrast.step'), cell: ({ step }) => name(step) },
    { key: 'by', header: t('contrast.by'), cell: ({ by }) => t(`contrast.${by}`) },
    ...(['deviating', 'conforming'] as const).map(
      (side): Column<Contrast> => ({
        key: side,
        header: t(`contrast.side.${side}`),
        align: 'end',
        cell: ({ step, by, ...sides }) => (
          <ShareLink
            share={sides[side]}
            label={t('contrast.who', { step: name(step), side: t(`contrast.side.${side}`) })}
            onOpen={() => open({ part: 'contrast', step, by, side })}
          />
        ),
      }),
    ),
    {
      key: 'difference',
      header: t('contrast.difference'),
      align: 'end',
      cell: ({ difference }) => (
        <Points
          difference={difference}
          tone={difference && difference.value > 0 === isGood ? 'won' : 'lost'}
        />
      ),
    },
  ]
}

const GOOD = ['followed', 'reached']

/** Against the other side: what changed by more than chance first, all of it on demand. */
export function Changes({ answer }: Pick<TableProps, 'answer'>) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const { changes, steps, meta } = answer
  const found = changes.filter(({ q }) => q <= MAX_RATE)
  const rows = (found.length > 0 ? found : changes)
    .toSorted((a, b) => Math.abs(b.difference) - Math.abs(a.difference))
    .slice(0, 12)
  const name = ({ step, what }: Change) => {
    const place = steps[step - 1]
    return place ? `${step}. ${nameStep(place)}: ${t(`part.${what}`)}` : t(`class.${what}`)
  }
  const other = meta.compared?.segment?.name ?? t('change.before')
  const hint =
    changes.length === 0
      ? t('change.few')
      : found.length === 0
        ? t('change.same', { count: changes.length, other })
        : t('change.differ', { found: found.length, count: changes.length, other })
  return (
    <Section title={t('change.title')} hint={hint} flush>
      {rows.length > 0 && (
        <DataTable
          label={t('change.title')}
          list={wholeList(rows)}
          rowKey={({ step, what }) => `${step} ${what}`}
          columns={[
            { key: 'what', header: t('change.what'), cell: name },
            {
              key: 'difference',
              header: t('contrast.difference'),
              align: 'end',
              cell: ({ what, difference, low, high, q }) => (
                <Points
                  difference={{ value: difference, low, high, q }}
                  tone={what === 'open' ? undefined : difference > 0 === GOOD.includes(what) ? 'won' : 'lost'}
                />
              ),
            },
          ]}
          empty={null}
        />
      )}
    </Section>
  )
}
