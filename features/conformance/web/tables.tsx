import { UnstyledButton } from '@mantine/core'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { ConformanceAnswer, Part, Share } from '../contract.ts'
import classes from './conformance.module.css'
import type { OpenPart } from './conformance-search.ts'
import { kindOf } from './lay-path.ts'
import { useStepNames } from './use-step-names.ts'

export type TableProps = { answer: ConformanceAnswer; open: (part: OpenPart) => void }

/** A share that leads to its persons; a dash where it can't be asked. */
export function ShareLink({ share, label, onOpen }: { share: Share; label: string; onOpen: () => void }) {
  if (!share) return <span data-quiet>–</span>
  return (
    <UnstyledButton className={classes.number} data-none={share.n === 0 || undefined} onClick={onOpen}>
      <span className="only-spoken">{label} </span>
      <Estimate {...share} n={share.of} />
    </UnstyledButton>
  )
}

const PLACE_COLUMNS = ['reached', 'skipped', 'back', 'deadEnd'] as const

type Place = { key: string; name: string; at: OpenPart } & Record<(typeof PLACE_COLUMNS)[number], Share>

/** Steps or stages, each with what became of those who came there. */
function PlaceTable({
  title,
  hint,
  rows,
  open,
}: {
  title: string
  hint: string
  rows: Place[]
  open: TableProps['open']
}) {
  const { t } = useTranslation('conformance')
  const locale = useLocale()
  return (
    <Section title={title} hint={hint} flush>
      <DataTable
        label={title}
        list={wholeList(rows)}
        rowKey={({ key }) => key}
        columns={[
          { key: 'name', header: t('table.place'), cell: ({ name }) => name },
          ...PLACE_COLUMNS.map((part) => ({
            key: part,
            header: t(`table.${part}`),
            align: 'end' as const,
            cell: ({ name, at, ...place }: Place) => (
              <ShareLink
                share={place[part]}
                label={t('picture.who', {
                  step: name,
                  what: t(`part.${part}`),
                  number: formatNumber(place[part]?.n ?? 0, locale),
                })}
                onOpen={() => open({ ...at, part: part as Part })}
              />
            ),
          })),
        ]}
        empty={null}
      />
    </Section>
  )
}

export function StepTable({ answer, open }: TableProps) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const rows = answer.steps.map((step, at): Place => {
    const { reached = null, skipped = null, back = null, deadEnd = null } = answer.figures.steps[at] ?? {}
    const name = `${at + 1}. ${nameStep(step)}`
    return { key: name, name, at: { step: at + 1 }, reached, skipped, back, deadEnd }
  })
  return <PlaceTable title={t('table.steps')} hint={t('table.hint')} rows={rows} open={open} />
}

export function StageTable({ answer, open }: TableProps) {
  const { t } = useTranslation('conformance')
  const { nameStage } = useStepNames()
  const rows = answer.figures.stages.map(
    ({ stage, ...place }): Place => ({ key: stage, name: nameStage(stage), at: { stage }, ...place }),
  )
  return <PlaceTable title={t('table.stages')} hint={t('table.stagesHint')} rows={rows} open={open} />
}

/** The ways that lead past a step or back, the most used first. */
export function MoveTable({ answer, open }: TableProps) {
  const { t } = useTranslation('conformance')
  const { nameStep } = useStepNames()
  const name = (step: number) => {
    const found = answer.steps[step - 1]
    return found ? `${step}. ${nameStep(found)}` : t('step.start')
  }
  const rows = answer.figures.moves
    .filter(({ from, to }) => to !== from + 1)
    .sort((a, b) => b.n - a.n)
    .slice(0, 12)
  if (rows.length === 0) return null
  return (
    <Section title={t('moves.title')} hint={t('moves.hint')} flush>
      <DataTable
        label={t('moves.title')}
        list={wholeList(rows)}
        rowKey={({ from, to }) => `${from} ${to}`}
        columns={[
          { key: 'from', header: t('moves.from'), cell: ({ from }) => name(from) },
          { key: 'to', header: t('moves.to'), cell: ({ to }) => name(to) },
          { key: 'kind', header: t('moves.kind'), cell: (move) => t(`moves.${kindOf(move, answer.steps)}`) },
          {
            key: 'n',
            header: t('moves.n'),
            align: 'end',
            cell: ({ from, to, n }) => (
              <UnstyledButton
                className={classes.number}
                onClick={() => open({ part: 'move', step: from, toStep: to })}
              >
                <span className="only-spoken">{t('moves.who', { from: name(from), to: name(to) })} </span>
                <Num value={n} />
              </UnstyledButton>
            ),
          },
        ]}
        empty={null}
      />
    </Section>
  )
}
