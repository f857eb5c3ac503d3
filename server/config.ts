import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { type Static, Type } from 'typebox'
import { Value } from 'typebox/value'

export const serverRoles = ['web', 'ingest', 'worker'] as const
export type ServerRole = (typeof serverRoles)[number]

/** Everything the process is told from outside, checked. */
export interface Config {
  port: number
  host: string
  dataDir: string
  databaseUrl: string | undefined
  clickhouseUrl: string | undefined
  publicUrl: string
  roles: readonly ServerRole[]
  logLevel: string
  trustProxy: boolean
  maxUploadBytes: number
  demo: boolean
  /** How many customers the demo shop has; as usual when not given. */
  demoPersons: string | undefined
  /** Key material given from outside; otherwise one is made and kept in the data folder. */
  secret: string | undefined
}

const Environment = Type.Object({
  PORT: Type.Optional(Type.String({ pattern: '^[0-9]{1,5}$' })),
  TROPA_HOST: Type.Optional(Type.String({ minLength: 1 })),
  TROPA_DATA: Type.Optional(Type.String({ minLength: 1 })),
  DATABASE_URL: Type.Optional(Type.String({ pattern: '^postgres(ql)?://' })),
  CLICKHOUSE_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  PUBLIC_URL: Type.Optional(Type.String({ pattern: '^https?://' })),
  TROPA_LOG: Type.Optional(Type.String({ pattern: '^(trace|debug|info|warn|error|fatal|silent)$' })),
  TROPA_TRUST_PROXY: Type.Optional(Type.String({ pattern: '^(0|1|true|false)$' })),
  TROPA_MAX_UPLOAD_MB: Type.Optional(Type.String({ pattern: '^[1-9][0-9]{0,6}$' })),
  TROPA_SECRET: Type.Optional(Type.String({ minLength: 32 })),
})

const HINTS: Record<string, string> = {
  PORT: 'a number from 1 to 65535, for example PORT=3000',
  TROPA_HOST: 'an address to listen on, for example 127.0.0.1',
  TROPA_DATA: 'a folder, for example ./data',
  DATABASE_URL: 'like postgres://user:password@host:5432/database',
  CLICKHOUSE_URL: 'like http://user:password@host:8123/database',
  PUBLIC_URL: 'like https://tropa.example.com',
  TROPA_LOG: 'one of trace, debug, info, warn, error, fatal, silent',
  TROPA_TRUST_PROXY: '1 behind a reverse proxy, else 0',
  TROPA_MAX_UPLOAD_MB: 'a number of megabytes, for example 2000',
  TROPA_SECRET: 'at least 32 characters',
}

/** The outside told us something that can't be used; `mend` says what would be right. */
export class ConfigError extends Error {
  readonly mend: string
  constructor(message: string, mend: string) {
    super(message)
    this.mend = mend
  }
}

/** Reads flags first, then the environment; refuses what it doesn't understand. */
export function readConfig(env: NodeJS.ProcessEnv, args: string[]): Config {
  const flags = readFlags(args)
  const given = Object.fromEntries(
    Object.keys(Environment.properties).flatMap((name) => (env[name] ? [[name, env[name]]] : [])),
  )
  if (flags.port !== undefined) given.PORT = flags.port
  if (flags.data !== undefined) given.TROPA_DATA = flags.data
  if (flags.host !== undefined) given.TROPA_HOST = flags.host
  const [wrong] = Value.Errors(Environment, given)
  if (wrong) {
    const name = wrong.instancePath.slice(1)
    throw new ConfigError(
      `${name} can't be "${given[name]}".`,
      `Set it to ${HINTS[name] ?? 'another value'}.`,
    )
  }
  return toConfig(given as Static<typeof Environment>, flags)
}

function toConfig(given: Static<typeof Environment>, flags: ReturnType<typeof readFlags>): Config {
  const port = Number(given.PORT ?? 3000)
  if (port > 65_535) throw new ConfigError(`PORT can't be "${given.PORT}".`, `Set it to ${HINTS.PORT}.`)
  const roles = readRoles(flags.role)
  if (roles.length < serverRoles.length && !(given.DATABASE_URL && given.CLICKHOUSE_URL))
    throw new ConfigError(
      'A process with some of the roles only needs stores that several processes can share.',
      'Set DATABASE_URL and CLICKHOUSE_URL, or leave --role out.',
    )
  return {
    port,
    host: given.TROPA_HOST ?? '0.0.0.0',
    dataDir: resolve(given.TROPA_DATA ?? './data'),
    databaseUrl: given.DATABASE_URL,
    clickhouseUrl: given.CLICKHOUSE_URL,
    publicUrl: (given.PUBLIC_URL ?? `http://localhost:${port}`).replace(/\/+$/, ''),
    roles,
    logLevel: given.TROPA_LOG ?? 'info',
    trustProxy: given.TROPA_TRUST_PROXY === '1' || given.TROPA_TRUST_PROXY === 'true',
    maxUploadBytes: Number(given.TROPA_MAX_UPLOAD_MB ?? 2_000) * 1_000_000,
    demo: flags.demo ?? false,
    demoPersons: flags.persons,
    secret: given.TROPA_SECRET,
  }
}

function readRoles(text: string | undefined): readonly ServerRole[] {
  if (text === undefined) return serverRoles
  const asked = text.split(',').map((role) => role.trim())
  const unknown = asked.find((role) => !(serverRoles as readonly string[]).includes(role))
  if (unknown !== undefined)
    throw new ConfigError(
      `There is no role "${unknown}".`,
      `Use some of ${serverRoles.join(', ')}, separated by commas.`,
    )
  return asked as ServerRole[]
}

function readFlags(args: string[]) {
  try {
    return parseArgs({
      args,
      options: {
        port: { type: 'string', short: 'p' },
        host: { type: 'string' },
        data: { type: 'string' },
        role: { type: 'string' },
        demo: { type: 'boolean' },
        persons: { type: 'string' },
      },
      strict: true,
    }).values
  } catch (error) {
    throw new ConfigError(
      (error as Error).message,
      'Use --port, --host, --data, --role, --demo and --persons.',
    )
  }
}
