import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, readFile, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { withBuildLock } from './build-lock.mjs'
import { installIfNeeded, SetupError } from './install.mjs'
import { isFirstStart } from './setup.mjs'
import { fingerprint } from './stale.mjs'

let root: string
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'tropa-scripts-'))
})
afterEach(() => rm(root, { recursive: true, force: true }))

describe('on a Node that is too old', () => {
  test.each(['start', 'test', 'build'])('%s says so in one sentence and ends with code 2', async (script) => {
    const preload = join(root, 'old.cjs')
    const versions = "{ ...process.versions, node: '18.20.4' }"
    await writeFile(preload, `Object.defineProperty(process, 'versions', { value: ${versions} })`)
    const path = join(import.meta.dirname, '..', `${script}.mjs`)
    const { status, stderr } = spawnSync(process.execPath, ['--require', preload, path], { encoding: 'utf8' })
    expect(stderr).toContain('Tropa needs Node 20.19 or newer; this is 18.20.4.')
    expect(stderr).toContain('nodejs.org')
    expect(status).toBe(2)
  })

  test('the check itself uses nothing that an old Node lacks', async () => {
    const { transform } = await import('esbuild')
    for (const file of [
      '../start.mjs',
      '../test.mjs',
      '../build.mjs',
      '../../bin/tropa.js',
      'node-version.mjs',
    ]) {
      const source = await readFile(join(import.meta.dirname, file), 'utf8')
      expect(source).not.toMatch(/from 'node:|^await |import\('node:/m)
      const lowered = await transform(source, { target: 'node14', format: 'esm' })
      const same = await transform(source, { target: 'node20', format: 'esm' })
      expect(lowered.code).toBe(same.code)
    }
  })
})

describe('a fingerprint', () => {
  test('changes when a file is edited, added, renamed or removed, and not otherwise', async () => {
    await mkdir(join(root, 'web', 'deep'), { recursive: true })
    const file = join(root, 'web', 'deep', 'a.ts')
    const now = new Set<string>()
    const take = () => now.add(fingerprint(root, ['web', 'not-there']))
    take()
    await writeFile(file, 'one')
    take()
    take()
    await writeFile(file, 'longer')
    take()
    await utimes(file, new Date(), new Date(Date.now() + 5_000))
    take()
    await writeFile(join(root, 'web', 'b.ts'), '')
    take()
    expect(now.size).toBe(5)
    await rm(join(root, 'web', 'b.ts'))
    take()
    expect(now.size).toBe(5)
  })
})

describe('the empty database for a first start', () => {
  test.each([
    ['no folder yet', [], {}, true],
    ['a folder given by name', ['--data', 'filled'], {}, false],
    ['a folder given by name, in one word', ['--data=filled'], {}, false],
    ['a folder from the environment', [], { TROPA_DATA: 'filled' }, false],
    ['a server of its own', [], { DATABASE_URL: 'postgres://elsewhere' }, false],
    ['another folder than the filled one', ['--data', 'empty'], { TROPA_DATA: 'filled' }, true],
  ])('%s', async (_, args, env, expected) => {
    await mkdir(join(root, 'filled', 'postgres'), { recursive: true })
    const inRoot = (text: string) => text.replace(/filled|empty/, (name) => join(root, name))
    const environment = Object.fromEntries(Object.entries(env).map(([name, value]) => [name, inRoot(value)]))
    const noDefault = { TROPA_DATA: join(root, 'empty'), ...environment }
    expect(isFirstStart(['node', 'start.mjs', ...args.map(inRoot)], noDefault)).toBe(expected)
  })
})

describe('packages', () => {
  const lock = (name: string) => ({
    name,
    version: '1.0.0',
    lockfileVersion: 3,
    packages: { '': { name, version: '1.0.0' } },
  })
  const said: string[] = []
  const install = () => installIfNeeded(root, { say: (text: string) => said.push(text) })
  beforeEach(async () => {
    said.length = 0
    await writeFile(join(root, 'package.json'), JSON.stringify({ name: 'empty', version: '1.0.0' }))
    await writeFile(join(root, 'package-lock.json'), JSON.stringify(lock('empty')))
  })

  test('are left alone when they are as locked', async () => {
    await mkdir(join(root, 'node_modules'))
    await writeFile(join(root, 'node_modules', '.package-lock.json'), JSON.stringify(lock('empty')))
    await install()
    expect(said).toEqual([])
  })

  test('are installed when there are none', async () => {
    await install()
    expect(said).toHaveLength(1)
    expect((await stat(join(root, 'node_modules', '.tropa-machine'))).isFile()).toBe(true)
  })

  test('are installed from a lock file that lacks some, and the file stays as it was', async () => {
    await mkdir(join(root, 'part'))
    await writeFile(join(root, 'part', 'package.json'), JSON.stringify({ name: 'part', version: '1.0.0' }))
    const dependencies = { part: 'file:part' }
    await writeFile(
      join(root, 'package.json'),
      JSON.stringify({ name: 'empty', version: '1.0.0', dependencies }),
    )
    const before = await readFile(join(root, 'package-lock.json'), 'utf8')
    await install()
    expect((await stat(join(root, 'node_modules', 'part', 'package.json'))).isFile()).toBe(true)
    expect(await readFile(join(root, 'package-lock.json'), 'utf8')).toBe(before)
  })

  test('that npm cannot install end in a sentence for a person', async () => {
    await writeFile(join(root, 'package.json'), '{ "name": "empty", "version"')
    const failure = await install().catch((error) => error)
    expect(failure).toBeInstanceOf(SetupError)
    expect(failure.message).toContain('could not be installed')
    expect(failure.output).toContain('package.json')
  })
})

describe('a script run by npm', () => {
  test.each(['SIGTERM', 'SIGKILL'] as const)('ends when npm ends by %s', async (signal) => {
    const lib = join(import.meta.dirname, 'follow-npm.mjs')
    await writeFile(
      join(root, 'serve.mjs'),
      `import { followNpm } from ${JSON.stringify(lib)}
       followNpm()
       process.on('SIGTERM', () => { console.log('asked to end'); process.exit(0) })
       setInterval(() => {}, 1000)
       console.log('serving')`,
    )
    await writeFile(join(root, 'package.json'), JSON.stringify({ scripts: { start: 'node serve.mjs' } }))
    const npm = spawn('npm', ['start', '--silent'], { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] })
    const lines = createInterface({ input: npm.stdout })
    expect((await once(lines, 'line'))[0]).toBe('serving')
    npm.kill(signal)
    expect((await once(lines, 'line'))[0]).toBe('asked to end')
  })
})

describe('two builds at once', () => {
  test('run one after the other', async () => {
    const order: string[] = []
    const build = (name: string) =>
      withBuildLock(root, async () => {
        order.push(`${name} begins`)
        await stat(root)
        order.push(`${name} ends`)
      })
    await Promise.all([build('one'), build('two'), build('three')])
    for (let at = 0; at < order.length; at += 2)
      expect(order[at + 1]).toBe(order[at]?.replace('begins', 'ends'))
    expect(order).toHaveLength(6)
  })

  test('a build that was killed does not stop the next', async () => {
    await mkdir(join(root, 'dist'))
    const dead = spawnSync(process.execPath, ['-e', '']).pid
    await writeFile(join(root, 'dist', '.lock'), String(dead))
    expect(await withBuildLock(root, async () => 'built')).toBe('built')
  })
})
