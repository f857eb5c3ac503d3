import { type Command, InvalidArgumentError, Option } from 'commander'
import { analyseAttribution } from '../features/attribution/server/analyse-attribution.ts'
import { MODEL_NAMES, type ModelName } from '../features/attribution/server/models/create-model.ts'
import { analyseDrivers, FAMILIES } from '../features/drivers/server/analyse-drivers.ts'
import { analyseFunnel } from '../features/funnels/server/analyse-funnel.ts'
import { FUNNEL_ORDERS, type FunnelOrder } from '../features/funnels/server/models/measure-funnel.ts'
import { analysePaths } from '../features/paths/server/analyse-paths.ts'
import { createCommandOutput } from '../platform/command-output.ts'

/** `tropa analyse …`: the models of the reports on plain files, with no server and no shop. */
export function addAnalyse(program: Command): void {
  const analyse = program
    .command('analyse')
    .description('attribution, paths, funnel or drivers of a CSV file; needs no server')
  addAttribution(analyse)
  addPaths(analyse)
  addFunnel(analyse)
  addDrivers(analyse)
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

interface EventOptions {
  case?: string
  event?: string
  time?: string
  skipBad?: boolean
  json?: boolean
}

function addPaths(analyse: Command): void {
  events(common(analyse.command('paths <events>')))
    .description('which way cases went: what follows what, and whole paths (CSV, or XES)')
    .option('--session-gap <time>', 'a longer silence begins a case anew, like 30m', duration)
    .option('--top <n>', 'how many variants to list', wholeFrom(0, 1_000_000), 20)
    .action(async (file: string, options: EventOptions & { sessionGap?: number; top: number }) => {
      const { sessionGap, top, skipBad, json } = options
      const args = { columns: options, sessionGapMs: sessionGap, top, mayLeaveOut: skipBad === true }
      await analysePaths(file, args, createCommandOutput(json === true))
    })
}

interface FunnelOptions extends EventOptions {
  steps: string[]
  window?: number
  order: FunnelOrder
}

function addFunnel(analyse: Command): void {
  events(common(analyse.command('funnel <events>')))
    .description('how many persons came how far (CSV, or XES)')
    .addOption(new Option('--steps <steps>', 'a,b,c; up to 64').argParser(list).makeOptionMandatory())
    .option('--window <time>', 'the last step comes at most so long after the first, like 7d', duration)
    .addOption(
      new Option('--order <order>', 'strict: nothing between; loose: anything between; any: in any order')
        .choices(FUNNEL_ORDERS)
        .default('loose'),
    )
    .action(async (file: string, options: FunnelOptions) => {
      const { steps, window, order, skipBad, json } = options
      const args = { columns: options, steps, windowMs: window, order, mayLeaveOut: skipBad === true }
      await analyseFunnel(file, args, createCommandOutput(json === true))
    })
}

function events(command: Command): Command {
  return command
    .option('--case <column>', 'whose event it is (CSV)')
    .option('--event <column>', 'what happened (XES: concept:name)')
    .option('--time <column>', 'when (XES: time:timestamp)')
}

interface DriversOptions {
  outcome: string
  predictors: string[]
  family: (typeof FAMILIES)[number]
  categorical: string[]
  robust?: boolean
  cluster?: string
  firth?: boolean
  allowFewEvents?: boolean
  skipBad?: boolean
  json?: boolean
}

function addDrivers(analyse: Command): void {
  common(analyse.command('drivers <table.csv>'))
    .description('what goes together with an outcome, each predictor with the others held fast')
    .requiredOption('--outcome <column>', 'what is to be explained')
    .addOption(
      new Option('--predictors <columns>', 'a,b,c: what may explain it')
        .argParser(list)
        .makeOptionMandatory(),
    )
    .addOption(
      new Option('--family <family>', 'gaussian for amounts, binomial for an outcome that came or did not')
        .choices(FAMILIES)
        .default('gaussian'),
    )
    .option('--categorical <columns>', 'predictors that are groups though written as numbers', list, [])
    .option('--robust', 'errors of different size from row to row (HC1)')
    .option('--cluster <column>', 'errors that go together, as those of one person')
    .option('--firth', 'of binomial: Firth’s penalty in any case')
    .option('--allow-few-events', 'of binomial: fit though there are fewer than five events a coefficient')
    .action(async (file: string, options: DriversOptions) => {
      const args = {
        ...options,
        robust: options.robust === true,
        firth: options.firth === true,
        mayHaveFewEvents: options.allowFewEvents === true,
        mayLeaveOut: options.skipBad === true,
      }
      await analyseDrivers(file, args, createCommandOutput(options.json === true))
    })
}

const UNITS: Record<string, number> = { s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 604_800_000 }

/** `30m` → milliseconds. */
function duration(text: string): number {
  const match = /^(\d+(?:\.\d+)?)\s*([smhdw])$/.exec(text.trim())
  const length = match ? Number(match[1]) * (UNITS[match[2] as string] as number) : Number.NaN
  if (!(length > 0)) throw new InvalidArgumentError('Use a number with s, m, h, d or w, like 30m or 7d.')
  return length
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
