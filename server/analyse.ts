import { type Command, InvalidArgumentError, Option } from 'commander'
import { analyseAttribution } from '../features/attribution/server/analyse-attribution.ts'
import { MODEL_NAMES, type ModelName } from '../features/attribution/server/models/create-model.ts'
import { createCommandOutput } from '../platform/command-output.ts'

/** `tropa analyse …`: the models of the reports on plain files, with no server and no shop. */
export function addAnalyse(program: Command): void {
  const analyse = program
    .command('analyse')
    .description('attribution, paths, funnel or drivers of a CSV file; needs no server')
  addAttribution(analyse)
}

interface AttributionOptions {
  model: ModelName
  order: number
  halfLife: number
  direct: string[]
  nulls?: boolean
  separator: string
  pathColumn: string
  conversionsColumn: string
  valueColumn: string
  nullsColumn: string
  skipBad?: boolean
  json?: boolean
}

function addAttribution(analyse: Command): void {
  common(analyse.command('attribution <paths.csv>'))
    .description('which channel earned what: columns path, conversions and, where known, value and nulls')
    .addOption(new Option('--model <model>', 'how to share out').choices(MODEL_NAMES).makeOptionMandatory())
    .option('--order <k>', 'of markov: how many channels back the next step depends on', wholeFrom(1, 10), 1)
    .option('--nulls', 'count journeys that did not convert (column nulls)')
    .option('--half-life <steps>', 'of time-decay: steps after which weight halves', positive, 1)
    .option('--direct <names>', 'of last-non-direct: names of direct', list, ['direct', '(direct)'])
    .option('--separator <text>', 'between the steps of a path', notEmpty, ' > ')
    .option('--path-column <name>', undefined, 'path')
    .option('--conversions-column <name>', undefined, 'conversions')
    .option('--value-column <name>', undefined, 'value')
    .option('--nulls-column <name>', undefined, 'nulls')
    .action(async (file: string, options: AttributionOptions) => {
      const columns = {
        path: options.pathColumn,
        conversions: options.conversionsColumn,
        value: options.valueColumn,
        nulls: options.nullsColumn,
      }
      const args = {
        ...options,
        columns,
        withNulls: options.nulls === true,
        mayLeaveOut: options.skipBad === true,
      }
      await analyseAttribution(file, args, createCommandOutput(options.json === true))
    })
}

function common(command: Command): Command {
  return command
    .option('--skip-bad', 'leave out rows that can’t be used, and say how many')
    .option('--json', 'print one JSON value for machines')
}

function wholeFrom(least: number, most: number) {
  return (text: string): number => {
    const value = Number(text)
    if (!Number.isInteger(value) || value < least || value > most)
      throw new InvalidArgumentError(`Use a whole number from ${least} to ${most}.`)
    return value
  }
}

function positive(text: string): number {
  const value = Number(text)
  if (!(value > 0 && Number.isFinite(value))) throw new InvalidArgumentError('Use a number above 0.')
  return value
}

function notEmpty(text: string): string {
  if (text === '') throw new InvalidArgumentError('It can’t be empty.')
  return text
}

function list(text: string): string[] {
  const names = text.split(',').map((name) => name.trim())
  if (names.some((name) => name === ''))
    throw new InvalidArgumentError('Use names with commas between: a,b,c.')
  return names
}
