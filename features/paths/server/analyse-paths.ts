import type { CommandOutput } from '../../../platform/command-output.ts'
import { formatCount, formatShare, formatTable } from '../../../platform/text-table.ts'
import { createBadRows } from '../../imports/server/reads.ts'
import { discoverPaths, type PathsAnswer } from './models/discover-paths.ts'
import type { EventColumns } from './read-event-table.ts'
import { readEventLog } from './reads.ts'

export interface PathsArgs {
  columns: Partial<EventColumns>
  sessionGapMs?: number
  /** How many variants to list. */
  top: number
  mayLeaveOut: boolean
}

/** `tropa analyse paths <file>`. */
export async function analysePaths(
  file: string,
  args: PathsArgs,
  output: CommandOutput,
): Promise<PathsAnswer> {
  const bad = createBadRows(args.mayLeaveOut)
  const log = await readEventLog(file, args.columns, bad)
  const answer = discoverPaths(log, args)
  if (bad.first) {
    output.remark(`${formatCount(bad.count)} rows were left out; line ${bad.first.line}: ${bad.first.reason}`)
  }
  if (args.sessionGapMs !== undefined && log.time.some(Number.isNaN)) {
    output.remark('Some events have no time, so no session ends beside them.')
  }
  output.json(answer)
  for (const line of tellAnswer(answer)) output.line(line)
  return answer
}

const SHOWN = 20

function tellAnswer(answer: PathsAnswer): string[] {
  const { cases, events, activities, variants, edges, starts, ends, topVariants } = answer
  const number = (title: string) => ({ title, isNumber: true })
  return [
    `${formatCount(cases)} cases, ${formatCount(events)} events, ${formatCount(activities)} activities, ${formatCount(variants)} variants.`,
    '',
    ...formatTable(
      [number('cases'), number('share'), number('so far'), { title: 'variant' }],
      topVariants.map(({ path, count, share, coverage }) => [
        formatCount(count),
        formatShare(share),
        formatShare(coverage),
        path.join(' → '),
      ]),
    ),
    '',
    ...formatTable(
      [{ title: 'from' }, { title: 'to' }, number('times'), number('cases')],
      edges
        .slice(0, SHOWN)
        .map((edge) => [edge.from, edge.to, formatCount(edge.count), formatCount(edge.cases)]),
    ),
    ...(edges.length > SHOWN ? [`… and ${formatCount(edges.length - SHOWN)} more (all by --json).`] : []),
    '',
    `Begin with: ${listCounts(starts)}`,
    `End with: ${listCounts(ends)}`,
  ]
}

function listCounts(counts: readonly { activity: string; count: number }[]): string {
  const shown = counts.slice(0, 10).map(({ activity, count }) => `${activity} ${formatCount(count)}`)
  return shown.join(', ') + (counts.length > 10 ? ', …' : '')
}
