import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const here = dirname(fileURLToPath(import.meta.url))

/** The SQL files: beside this file in the sources, one folder up in the built program. */
export const MIGRATIONS_FOLDER = existsSync(join(here, 'migrations'))
  ? join(here, 'migrations')
  : join(here, '../migrations')

/** The built web application. */
export const WEB_FOLDER = existsSync(join(here, '../package.json'))
  ? join(here, '../dist/web')
  : join(here, '../web')
