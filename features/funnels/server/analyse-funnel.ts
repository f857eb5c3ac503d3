import { AppError } from '../../../kernel/errors.ts'
import type { CommandOutput } from '../../../platform/command-output.ts'
import { formatCount, formatShare, formatTable } from '../../../platform/text-table.ts'
import { createBadRows } from '../../imports/server/reads.ts'
import { type EventLog, readEventLog } from '../../paths/server/reads.ts'
import { type FunnelAnswer, type FunnelOrder, MAX_STEPS, measureFunnel } from './models/measure-funnel.ts'

export interface FunnelArgs {
  columns: { case?: string; event?: string; time?: string }
  steps: readonly string[]
  windowMs?: number
  order: FunnelOrder
  mayLeaveOut: boolean
}

/** `tropa analyse funnel <file>`. */
export async function analyseFunnel(
  file: string,
  args: FunnelArgs,
  output: CommandOutput,
): Promise<FunnelAnswer> {
  if (args.steps.length > MAX_STEPS) {
    throw new AppError(
      'bad_request',
      `A funnel has at most ${MAX_STEPS} steps; these are ${args.steps.length}.`,
    )
  }
  const bad = createBadRows(args.mayLeaveOut)
  const log = await readEventLog(file, args.columns, bad)
  if (args.windowMs !== undefined && log.time.some(Number.isNaN)) {
    throw new AppError('unprocessable', 'Some events have no time, so a --window can’t be kept.')
  }
  const answer = measureFunnel(log, args)
  if (bad.first) {
    output.remark(`${formatCount(bad.count)} rows were left out; line ${bad.first.line}: ${bad.first.reason}`)
  }
  for (const remark of findUnknown(args.steps, log)) output.remark(remark)
  output.json(answer)
  for (const line of tellAnswer(answer)) output.line(line)
  return answer
}

/** A step that never happens is more often a slip of the pen than news. */
function findUnknown(steps: readonly string[], { activities }: EventLog): string[] {
  const unknown = steps.filter((step) => !activities.includes(step))
  if (unknown.length === 0) return []
  const shown = activities.slice(0, 20).join(', ') + (activities.length > 20 ? ', …' : '')
  return [`No event is called ${unknown.map((step) => `“${step}”`).join(' or ')}. There are: ${shown}`]
}

function tellAnswer({ steps }: FunnelAnswer): string[] {
  const columns = [
    { title: 'step' },
    { title: 'persons', isNumber: true },
    { title: 'of the first', isNumber: true },
    { title: 'of the one before', isNumber: true },
  ]
  return formatTable(
    columns,
    steps.map(({ step, persons, rate }, at) => {
      const before = at === 0 ? persons : (steps[at - 1]?.persons ?? 0)
      return [
        step,
        formatCount(persons),
        rate === null ? '–' : formatShare(rate),
        before === 0 ? '–' : formatShare(persons / before),
      ]
    }),
  )
}
