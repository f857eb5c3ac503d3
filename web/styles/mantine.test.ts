import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { basename, dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'

const project = fileURLToPath(new URL('../..', import.meta.url))
const mantine = dirname(createRequire(import.meta.url).resolve('@mantine/core/styles.css'))
const components = join(mantine, 'esm/components')

const list = readFileSync(new URL('./mantine.css', import.meta.url), 'utf8')
const imported = [...list.matchAll(/styles\/([\w-]+)\.css/g)].map(([, name = '']) => name)
/** What every page needs, whatever it is made of. */
const ground = ['baseline', 'default-css-variables', 'global']

/** The components that our screens name in their imports, and the one that `@mantine/notifications` is made of. */
function listNamed(): string[] {
  const sources = ['web', 'features'].flatMap((folder) =>
    readdirSync(join(project, folder), { recursive: true })
      .map((path) => `${folder}/${path}`)
      .filter((path) => /^(web|features\/[^/]+\/web)\/.*\.tsx?$/.test(path)),
  )
  const names = sources.flatMap((path) => {
    const source = readFileSync(join(project, path), 'utf8')
    return [...source.matchAll(/import \{([^}]*)\} from '@mantine\/core'/g)].flatMap(([, inside = '']) =>
      inside.split(',').map((name) => name.trim()),
    )
  })
  return [...new Set(names), 'Notification'].filter(
    (name) => name !== '' && existsSync(join(components, name)),
  )
}

/** The stylesheets behind a component: its own and those of the components that it imports. */
function collectStyles(file: string, seen: Set<string>): void {
  if (seen.has(file)) return
  seen.add(file)
  const source = readFileSync(file, 'utf8')
  for (const [, path = ''] of source.matchAll(/from\s*"(\.[^"]+)"/g)) {
    const next = join(dirname(file), path)
    if (next.startsWith(join(mantine, 'esm'))) collectStyles(next, seen)
  }
}

it('holds the styles of every component in use, and of no other', () => {
  const seen = new Set<string>()
  for (const name of listNamed()) collectStyles(join(components, name, `${name}.mjs`), seen)
  const styles = [...seen]
    .filter((file) => file.endsWith('.module.mjs') || file.endsWith('.module.css.mjs'))
    .map((file) => basename(file).split('.')[0] ?? '')
    .filter((name) => existsSync(join(mantine, `styles/${name}.css`)))
  expect(styles.length).toBeGreaterThan(20)
  expect([...imported].sort()).toEqual([...new Set([...styles, ...ground])].sort())
})
