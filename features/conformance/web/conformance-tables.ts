import type { TFunction } from 'i18next'
import type { ReportTable } from '../../reports/web/parts.ts'
import { type ConformanceAnswer, PATH_CLASSES, type Share } from '../contract.ts'
import { kindOf } from './lay-path.ts'
import type { StepNames } from './use-step-names.ts'

type Words = StepNames & { t: TFunction }
type Columns = ReportTable['columns']

const PARTS = ['reached', 'skipped', 'back', 'deadEnd'] as const
const ends = (share: Share) => [share?.share ?? null, share?.low ?? null, share?.high ?? null]

/** The report for a spreadsheet: wholes, steps, stages, ways and differences. */
export function toTables(answer: ConformanceAnswer, words: Words): ReportTable[] {
  return [
    listClasses(answer, words),
    listSteps(answer, words),
    listStages(answer, words),
    listMoves(answer, words),
    listContrasts(answer, words),
    ...(answer.changes.length > 0 ? [listChanges(answer, words)] : []),
  ]
}

const rangeColumns = (t: TFunction, title: string): Columns => [
  { title, kind: 'share' },
  { title: `${title}: ${t('file.low')}`, kind: 'share' },
  { title: `${title}: ${t('file.high')}`, kind: 'share' },
]

function listClasses({ figures }: ConformanceAnswer, { t }: Words): ReportTable {
  const share = t('file.share')
  return {
    name: t('file.whole'),
    columns: [
      { title: t('file.what'), kind: 'text' },
      { title: t('file.journeys'), kind: 'number' },
      ...rangeColumns(t, share),
    ],
    rows: [
      ...PATH_CLASSES.map((key) => [
        t(`class.${key}`),
        figures.classes[key]?.n ?? 0,
        ...ends(figures.classes[key]),
      ]),
      [t('people.beside'), figures.beside.journeys?.n ?? 0, ...ends(figures.beside.journeys)],
      [t('people.offPath'), figures.offPath, null, null, null],
    ],
  }
}

const placeColumns = (t: TFunction): Columns => [
  { title: t('table.place'), kind: 'text' },
  ...PARTS.flatMap(
    (part): Columns => [
      { title: `${t(`table.${part}`)}: ${t('file.journeys')}`, kind: 'number' },
      ...rangeColumns(t, t(`table.${part}`)),
    ],
  ),
]

const placeCells = (place: Record<(typeof PARTS)[number], Share> | undefined) =>
  PARTS.flatMap((part) => [place?.[part]?.n ?? 0, ...ends(place?.[part] ?? null)])

function listSteps({ steps, figures }: ConformanceAnswer, { t, nameStep }: Words): ReportTable {
  return {
    name: t('table.steps'),
    columns: placeColumns(t),
    rows: steps.map((step, at) => [`${at + 1}. ${nameStep(step)}`, ...placeCells(figures.steps[at])]),
  }
}

function listStages({ figures }: ConformanceAnswer, { t, nameStage }: Words): ReportTable {
  return {
    name: t('table.stages'),
    columns: placeColumns(t),
    rows: figures.stages.map(({ stage, ...place }) => [nameStage(stage), ...placeCells(place)]),
  }
}

function listMoves({ steps, figures }: ConformanceAnswer, { t, nameStep }: Words): ReportTable {
  const name = (at: number) => {
    const step = steps[at - 1]
    return step ? `${at}. ${nameStep(step)}` : t('step.start')
  }
  return {
    name: t('moves.title'),
    columns: [
      { title: t('moves.from'), kind: 'text' },
      { title: t('moves.to'), kind: 'text' },
      { title: t('moves.kind'), kind: 'text' },
      { title: t('file.journeys'), kind: 'number' },
    ],
    rows: figures.moves.map((move) => {
      const kind = move.to === move.from + 1 ? 'on' : kindOf(move, steps)
      return [name(move.from), name(move.to), t(`moves.${kind}`), move.n]
    }),
  }
}

function listContrasts(
  { steps, contrasts, outcome }: ConformanceAnswer,
  { t, nameStep }: Words,
): ReportTable {
  return {
    name: t('contrast.title'),
    columns: [
      { title: t('contrast.step'), kind: 'text' },
      { title: t('contrast.by'), kind: 'text' },
      { title: t('outcome.label'), kind: 'text' },
      ...(['deviating', 'conforming'] as const).flatMap(
        (side): Columns => [
          { title: `${t(`contrast.side.${side}`)}: ${t('file.of')}`, kind: 'number' },
          ...rangeColumns(t, t(`contrast.side.${side}`)),
        ],
      ),
      ...rangeColumns(t, t('contrast.difference')),
      { title: 'q', kind: 'number' },
    ],
    rows: contrasts.map(({ step, by, deviating, conforming, difference }) => {
      const found = steps[step - 1]
      return [
        found ? `${step}. ${nameStep(found)}` : '',
        t(`contrast.${by}`),
        t(`outcome.${outcome}`),
        ...[deviating?.of ?? 0, ...ends(deviating), conforming?.of ?? 0, ...ends(conforming)],
        ...[difference?.value ?? null, difference?.low ?? null, difference?.high ?? null],
        difference?.q ?? null,
      ]
    }),
  }
}

function listChanges({ steps, changes }: ConformanceAnswer, { t, nameStep }: Words): ReportTable {
  return {
    name: t('change.title'),
    columns: [
      { title: t('change.what'), kind: 'text' },
      ...rangeColumns(t, t('contrast.difference')),
      { title: 'q', kind: 'number' },
    ],
    rows: changes.map(({ step, what, difference, low, high, q }) => {
      const found = steps[step - 1]
      const name = found ? `${step}. ${nameStep(found)}: ${t(`part.${what}`)}` : t(`class.${what}`)
      return [name, difference, low, high, q]
    }),
  }
}
