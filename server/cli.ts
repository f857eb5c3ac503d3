import { Command, CommanderError, InvalidArgumentError } from 'commander'
import { demoCommand, describeTruths } from '../demo/load/demo-command.ts'
import { createKey, listKeys, ownerLink, revokeKey } from '../features/accounts/server/keys-command.ts'
import { importCostsCommand, readCostsArgs } from '../features/attribution/server/costs/costs-command.ts'
import { importCommand } from '../features/imports/server/import-command.ts'
import { isAppError } from '../kernel/errors.ts'
import { type CommandOutput, createCommandOutput } from '../platform/command-output.ts'
import { findStartupError } from '../platform/engines/startup-error.ts'
import { createLog, type Log } from '../platform/log.ts'
import { TROPA_VERSION } from '../platform/version.ts'
import { addAnalyse } from './analyse.ts'
import { openCommandSystem } from './command-system.ts'
import { backupCommand, doctorCommand, restoreCommand } from './commands.ts'
import { type Config, ConfigError, readConfig } from './config.ts'
import { runStart } from './main.ts'

const DONE = 0
const FAILED = 1
const WRONG_USE = 2

interface Common {
  data?: string
  json?: boolean
}

/** Runs one command; returns the exit code: 0 done, 1 failed, 2 wrong use. */
export async function runCli(args: string[]): Promise<number> {
  let code = DONE
  const program = new Command('tropa')
    .description('The path your customers really walk.')
    .version(TROPA_VERSION)
    .exitOverride()
    .showHelpAfterError('(tropa --help lists the commands)')
  const succeed = (ok: boolean) => {
    if (!ok) code = FAILED
  }
  addStart(program)
  addKeys(program)
  addImport(program, succeed)
  addDemo(program)
  addCare(program, succeed)
  addAnalyse(program)
  try {
    await program.parseAsync(args, { from: 'user' })
    return code
  } catch (error) {
    return explain(error)
  }
}

function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? DONE : WRONG_USE
  const mendable = error instanceof ConfigError ? error : findStartupError(error)
  if (mendable) {
    process.stderr.write(`${mendable.message}\n${mendable.mend}\n`)
    return WRONG_USE
  }
  if (isAppError(error)) {
    process.stderr.write(`${error.message}\n`)
    return error.code === 'bad_request' || error.code === 'validation_failed' ? WRONG_USE : FAILED
  }
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`)
  return FAILED
}

function addStart(program: Command): void {
  program
    .command('start', { isDefault: true })
    .description('serve on PORT (3000), with data in TROPA_DATA (./data)')
    .option('-p, --port <port>')
    .option('--host <address>')
    .option('--data <folder>')
    .option('--role <roles>', 'some of web,ingest,worker (needs DATABASE_URL and CLICKHOUSE_URL)')
    .option('--demo', 'also make the demo shop')
    .option('--persons <number>', 'how many customers the demo shop has (30000)')
    .action(async (options: Record<string, string | true>) => {
      const args = Object.entries(options).flatMap(([name, value]) =>
        value === true ? `--${name}` : [`--${name}`, value],
      )
      await runStart(process.env, args)
      await new Promise(() => undefined)
    })
}

function addKeys(program: Command): void {
  const keys = program.command('keys').description('write keys (for sending events) and API tokens')
  common(keys.command('create'))
    .requiredOption('--kind <kind>', 'write or token', oneOf(['write', 'token']))
    .option('--role <role>', 'of a token: owner, marketer, operator or viewer')
    .option('--shop <shop>', "a shop's number or name; needed when there are several")
    .option('--name <name>', 'what it is for')
    .option('--expires <time>', 'of a token, like 90d', '90d')
    .action((options) => withSystem(options, (deps, output) => createKey(deps, options, output)))
  common(keys.command('list'))
    .option('--shop <shop>')
    .action((options) => withSystem(options, (deps, output) => listKeys(deps, options, output)))
  common(keys.command('revoke <key>'))
    .option('--shop <shop>')
    .action((key: string, options) =>
      withSystem(options, (deps, output) => revokeKey(deps, key, options, output)),
    )
  common(program.command('owner-link'))
    .description('a new one-time link for becoming the owner, or for a forgotten password')
    .option('--email <email>', 'whose password was forgotten')
    .option('--drop-two-factor', 'turn their second step off too, when the phone was lost')
    .action((options) => withSystem(options, (deps, output) => ownerLink(deps, output, options)))
}

function addImport(program: Command, succeed: (ok: boolean) => void): void {
  common(program.command('import <preset> <path>'))
    .description('olist, olist-leads, orders or events from a folder or file (CSV, NDJSON), or ad-costs')
    .option('--shop <shop>', "a shop's number or name; needed when there are several")
    .option('--time-zone <zone>', 'of times without one; the shop’s unless told otherwise')
    .option('--mapping <mapping>', 'a JSON file, or field=column,field=column')
    .option('--source <name>', 'ad-costs: utm_source of clicks where no column says it')
    .option('--medium <name>', 'ad-costs: utm_medium of them')
    .option('--date-order <order>', 'ad-costs: dmy or mdy, for days like 03/04/2026')
    .option('--decimal <mark>', 'ad-costs: . or , where amounts don’t tell')
    .action(async (preset: string, path: string, options) => {
      await withSystem(options, async (deps, output) => {
        if (preset === 'ad-costs') {
          succeed((await importCostsCommand(deps, readCostsArgs(path, options), output)) === DONE)
          return
        }
        succeed((await importCommand(deps, { preset, path, ...options }, output)) === DONE)
        if (!deps.isServerRunning) await deps.runner.drain()
      })
    })
}

function addDemo(program: Command): void {
  common(program.command('demo'))
    .description('make the demo shop: a history with planted truths to be found')
    .option('--seed <number>', 'another seed makes another shop (18)')
    .option('--persons <number>', 'how many customers (30000)')
    .option('--days <number>', 'how long the history is (540)')
    .option('--end <day>', 'the first day that is no longer told (today)')
    .option('--truth <name=size...>', 'change what is planted, like answer30=0')
    .addHelpText('after', describeTruths())
    .action((options) =>
      withSystem(options, async (deps, output) => {
        await demoCommand(deps, options, output)
        if (!deps.isServerRunning) await deps.runner.drain()
      }),
    )
}

function addCare(program: Command, succeed: (ok: boolean) => void): void {
  common(program.command('backup <file>'))
    .description('write everything into one file, also while the server runs')
    .option('--without-secret', 'leave out the key that encrypts secrets at rest')
    .action((file: string, options: Common & { withoutSecret?: boolean }) =>
      withConfig(options, (config, log, output) =>
        backupCommand(config, log, output, { file, withSecret: options.withoutSecret !== true }),
      ),
    )
  common(program.command('restore <file>'))
    .description('load a backup into an empty data folder, or into empty servers by URL')
    .option(
      '--erasures <file>',
      'the old data folder’s erasures.jsonl: persons erased after the backup are erased again',
    )
    .action((file: string, options: Common & { erasures?: string }) =>
      withConfig(options, (config, log, output) =>
        restoreCommand(config, log, output, { file, erasures: options.erasures }),
      ),
    )
  common(program.command('doctor'))
    .description('check versions, disk, memory, durability, lag, clocks and reachability')
    .action((options: Common) =>
      withConfig(options, async (config, log, output) => succeed(await doctorCommand(config, log, output))),
    )
}

function common(command: Command): Command {
  return command
    .option('--data <folder>', 'the data folder (TROPA_DATA, ./data)')
    .option('--json', 'print one JSON value for machines')
}

function oneOf(values: string[]) {
  return (value: string): string => {
    if (!values.includes(value)) throw new InvalidArgumentError(`Use one of ${values.join(', ')}.`)
    return value
  }
}

async function withConfig(
  options: Common,
  run: (config: Config, log: Log, output: CommandOutput) => Promise<void>,
): Promise<void> {
  const config = readConfig(process.env, options.data === undefined ? [] : ['--data', options.data])
  await run(config, createLog(process.env.TROPA_LOG ?? 'warn'), createCommandOutput(options.json === true))
}

type CommandDeps = Awaited<ReturnType<typeof openCommandSystem>>['deps'] & { isServerRunning: boolean }

async function withSystem(
  options: Common,
  run: (deps: CommandDeps, output: CommandOutput) => Promise<void>,
): Promise<void> {
  await withConfig(options, async (config, log, output) => {
    const system = await openCommandSystem(config, log)
    try {
      await run({ ...system.deps, isServerRunning: system.isServerRunning }, output)
    } finally {
      await system.close()
    }
  })
}

process.exitCode = await runCli(process.argv.slice(2))
