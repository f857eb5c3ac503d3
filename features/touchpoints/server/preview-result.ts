import type { Preview } from '../contract.ts'

export interface MoveRow {
  before: string
  after: string
  own: number
  events: number
  samples: Sample[]
}

/** ms since 1970, kind, name, path, channel. */
type Sample = [number, string, string, string, string]

/** A rule that claims more than this share of what it is asked of is hardly meant so. */
const EVERYTHING = 0.9

/** Counts of moves as the answer to "what would this touchpoint claim". */
export function readMoves(key: string, days: 7 | 30, rows: readonly MoveRow[], samples: number): Preview {
  const sum = (chosen: readonly MoveRow[]) => chosen.reduce((total, { events }) => total + events, 0)
  const events = sum(rows)
  const claimed = sum(rows.filter(({ after }) => after === key))
  const hidden = rows.filter(({ after, own }) => own === 1 && after !== key)
  const isAll = claimed > EVERYTHING * events
  return {
    days,
    events,
    claimed,
    claimedNow: sum(rows.filter(({ before }) => before === key)),
    from: group(
      rows.filter(({ before, after }) => after === key && before !== key),
      ({ before }) => before,
    ),
    to: group(
      rows.filter(({ before, after }) => before === key && after !== key),
      ({ after }) => after,
    ),
    hidden: group(hidden, ({ after }) => after),
    warnings: [
      ...(claimed === 0 ? (['claims_nothing'] as const) : []),
      ...(claimed > 0 && isAll ? (['claims_everything'] as const) : []),
      ...(hidden.length > 0 ? (['hidden_by_others'] as const) : []),
    ],
    samples: chooseSamples(key, rows).slice(0, samples),
  }
}

/** Those that are somebody else's now first, then the newest. */
function chooseSamples(key: string, rows: readonly MoveRow[]): Preview['samples'] {
  return rows
    .flatMap(({ before, samples }) => samples.map((sample) => ({ from: before, sample })))
    .sort((a, b) => Number(a.from === key) - Number(b.from === key) || b.sample[0] - a.sample[0])
    .map(({ from, sample: [at, kind, name, path, channel] }) => ({
      at: new Date(at).toISOString(),
      kind,
      name,
      path,
      channel,
      from,
    }))
}

function group(rows: readonly MoveRow[], by: (row: MoveRow) => string): { key: string; events: number }[] {
  const sums = new Map<string, number>()
  for (const row of rows) sums.set(by(row), (sums.get(by(row)) ?? 0) + row.events)
  return [...sums].map(([key, events]) => ({ key, events })).sort((a, b) => b.events - a.events)
}
