import type { ReportTable } from '../../reports/web/parts.ts'
import type { FunnelAnswer, FunnelStep } from '../contract.ts'

/** What the tables need words for. */
export interface TableWords {
  say: (key: string) => string
  nameStep: (step: FunnelStep) => string
  nameValue: (value: string | null) => string
}

/** The funnel for a spreadsheet: its steps, its groups, the comparison, and how the times spread. */
export function toFunnelTables(answer: FunnelAnswer, words: TableWords): ReportTable[] {
  return [
    toSteps(answer, words),
    ...(answer.groups.length > 0 ? [toGroups(answer, words)] : []),
    ...(answer.other ? [toComparison(answer, words)] : []),
    toTimes(answer, words),
  ]
}

const number = (title: string) => ({ title, kind: 'number' as const })
const share = (title: string) => ({ title, kind: 'share' as const })
const text = (title: string) => ({ title, kind: 'text' as const })

function toSteps({ steps, way }: FunnelAnswer, { say, nameStep }: TableWords): ReportTable {
  return {
    name: say('table.title'),
    columns: [
      text(say('table.step')),
      number(say(`per.${way.per}`)),
      share(say('table.ofFirst')),
      share(say('table.low')),
      share(say('table.high')),
      share(say('table.ofPrevious')),
      share(say('table.low')),
      share(say('table.high')),
      number(say('table.left')),
      number(say('table.halfSeconds')),
      number(say('table.nearlyAllSeconds')),
    ],
    rows: steps.map(({ step, n, ofFirst, ofPrevious, left, took }) => [
      nameStep(step),
      n,
      ofFirst?.share ?? null,
      ofFirst?.low ?? null,
      ofFirst?.high ?? null,
      ofPrevious?.share ?? null,
      ofPrevious?.low ?? null,
      ofPrevious?.high ?? null,
      left,
      took?.half ?? null,
      took?.nearlyAll ?? null,
    ]),
  }
}

function toGroups({ steps, groups }: FunnelAnswer, { say, nameStep, nameValue }: TableWords): ReportTable {
  return {
    name: say('groups.value'),
    columns: [
      text(say('groups.value')),
      text(say('table.step')),
      number(say('groups.n')),
      share(say('table.ofFirst')),
      share(say('table.low')),
      share(say('table.high')),
    ],
    rows: groups.flatMap(({ value, n, shares }) =>
      steps.map(({ step }, index) => [
        nameValue(value),
        nameStep(step),
        n[index] ?? 0,
        shares[index]?.share ?? null,
        shares[index]?.low ?? null,
        shares[index]?.high ?? null,
      ]),
    ),
  }
}

function toComparison({ steps, other }: FunnelAnswer, { say, nameStep }: TableWords): ReportTable {
  return {
    name: say('compare.title'),
    columns: [
      text(say('table.step')),
      share(say('table.ofPrevious')),
      share(say('compare.otherShare')),
      share(say('compare.change')),
      share(say('table.low')),
      share(say('table.high')),
      number('p'),
      number('q'),
    ],
    rows: (other?.steps ?? []).map(({ ofPrevious, changeOfPrevious: change }, index) => [
      nameStep(steps[index]?.step as FunnelStep),
      steps[index]?.ofPrevious?.share ?? null,
      ofPrevious?.share ?? null,
      change?.difference ?? null,
      change?.low ?? null,
      change?.high ?? null,
      change?.p ?? null,
      change?.q ?? null,
    ]),
  }
}

function toTimes({ steps }: FunnelAnswer, { say, nameStep }: TableWords): ReportTable {
  return {
    name: say('times.title'),
    columns: [
      text(say('table.step')),
      number(say('times.from')),
      number(say('times.until')),
      number(say('groups.n')),
    ],
    rows: steps
      .slice(1)
      .flatMap(({ step, took }) =>
        (took?.bins ?? []).map(({ from, to, n }) => [nameStep(step), from, to, n]),
      ),
  }
}
