import type { CommandOutput } from '../../../platform/command-output.ts'
import { formatCount, formatShare, formatTable } from '../../../platform/text-table.ts'
import { createBadRows } from '../../imports/server/reads.ts'
import { createModel, type ModelName } from './models/create-model.ts'
import { createChannelNames, type PathColumns, type PathsRead, readPaths } from './read-paths.ts'

export interface AttributionArgs {
  model: ModelName
  order: number
  halfLife: number
  /** Names of channels that count as direct, for last-non-direct. */
  direct: readonly string[]
  withNulls: boolean
  separator: string
  columns: PathColumns
  mayLeaveOut: boolean
}

export interface ChannelCredit {
  channel: string
  conversions: number
  /** null where the file has no column of value. */
  value: number | null
  /** Markov with conversions only. */
  removalEffect?: number
}

export interface AttributionAnswer {
  model: ModelName
  /** The most credited first. */
  channels: ChannelCredit[]
  totals: { conversions: number; value: number | null; nulls?: number }
}

/** `tropa analyse attribution <file>`. */
export async function analyseAttribution(
  file: string,
  args: AttributionArgs,
  output: CommandOutput,
): Promise<AttributionAnswer> {
  const bad = createBadRows(args.mayLeaveOut)
  const names = createChannelNames()
  const direct = new Set(args.direct.map((name) => name.trim().toLowerCase()))
  const isDirect = (channel: number) => direct.has((names.names[channel] ?? '').toLowerCase())
  const model = createModel(args.model, { order: args.order, halfLife: args.halfLife, isDirect })
  const read = await readPaths({ file, ...args }, bad, names, model.add)
  const answer = shapeAnswer(args, read, model.finish(read.channels.length))
  for (const remark of findRemarks(args, read)) output.remark(remark)
  if (bad.first) {
    output.remark(`${formatCount(bad.count)} rows were left out; line ${bad.first.line}: ${bad.first.reason}`)
  }
  output.json(answer)
  for (const line of tellAnswer(answer, read)) output.line(line)
  return answer
}

function shapeAnswer(
  { model, withNulls }: AttributionArgs,
  { channels, totals, hasValue }: PathsRead,
  credits: readonly { conversions: number; value: number; removalEffect?: number }[],
): AttributionAnswer {
  const shaped = channels.map((channel, at): ChannelCredit => {
    const { conversions, value, removalEffect } = credits[at] as (typeof credits)[number]
    const hasEffect = removalEffect !== undefined && totals.conversions > 0
    return {
      channel,
      conversions,
      value: hasValue ? value : null,
      ...(hasEffect && { removalEffect }),
    }
  })
  shaped.sort((a, b) => b.conversions - a.conversions || (a.channel < b.channel ? -1 : 1))
  return {
    model,
    channels: shaped,
    totals: {
      conversions: totals.conversions,
      value: hasValue ? totals.value : null,
      ...(withNulls && { nulls: totals.nulls }),
    },
  }
}

function findRemarks({ separator, model, direct }: AttributionArgs, read: PathsRead): string[] {
  const remarks: string[] = []
  const { channels, totals } = read
  if (totals.conversions === 0) remarks.push('No path converted, so there is nothing to credit.')
  if (read.hasUnusedNulls && model === 'markov')
    remarks.push('Journeys that didn’t convert were left aside; --nulls counts them.')
  const joined = channels.find((name) => /\S\s*(?:>|→|\|)\s*\S/.test(name))
  if (joined !== undefined)
    remarks.push(`“${joined}” was taken as one channel, since steps are separated by “${separator}”.`)
  const isDirect = (name: string) => direct.some((one) => one.trim().toLowerCase() === name.toLowerCase())
  if (model === 'last-non-direct' && !channels.some(isDirect))
    remarks.push(`No channel is called ${direct.join(' or ')}, so this equals last; --direct names it.`)
  return remarks
}

function tellAnswer({ channels, totals }: AttributionAnswer, { rows }: PathsRead): string[] {
  const hasEffects = channels.some(({ removalEffect }) => removalEffect !== undefined)
  const columns = [
    { title: 'channel' },
    { title: 'conversions', isNumber: true },
    { title: 'share', isNumber: true },
    { title: 'value', isNumber: true },
    ...(hasEffects ? [{ title: 'removal effect', isNumber: true }] : []),
  ]
  const body = channels.map(({ channel, conversions, value, removalEffect }) => [
    channel,
    formatCount(conversions),
    totals.conversions > 0 ? formatShare(conversions / totals.conversions) : '–',
    value === null ? '–' : formatCount(value),
    ...(removalEffect === undefined ? [] : [formatShare(removalEffect)]),
  ])
  const sums = [
    'all',
    formatCount(totals.conversions),
    '',
    totals.value === null ? '–' : formatCount(totals.value),
  ]
  return [...formatTable(columns, [...body, sums]), '', `${formatCount(rows)} paths read.`]
}
