/**
 * Imports point one way; a room enters another only through its doors; no cycles. Reads import statements as text:
 * type imports count too (a type of another room's insides is a way in), which no bundler's graph would tell.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { builtinModules } from 'node:module'
import { dirname, join, normalize, relative } from 'node:path'
import { root } from './lib/root.mjs'

const FOLDERS = [
  'engines',
  'kernel',
  'platform',
  'features',
  'server',
  'web',
  'tracker',
  'demo',
  'test',
  'bench',
]
const IMPORT =
  /(?:^|[\n;])\s*(?:import|export)\s(?:type\s)?[^'";]*?from\s*['"]([^'"]+)['"]|(?:^|[\n;])\s*import\s*['"]([^'"]+)['"]|\bimport\(\s*['"]([^'"]+)['"]/g
const TYPE_ONLY = /^[\s;]*(?:import|export)\s+type\s/
const DOOR =
  /^features\/[^/]+\/(contract\.ts|[a-z-]+-contract\.ts|server\/(reads|actions)\.ts|web\/parts\.tsx?)$/
const TEST = /\.test\.tsx?$|^test\/|^bench\/|testing\/|-harness\.ts$|-arbitraries\.ts$|\/test-[\w-]+\.ts$/
const PURE_CORE = new Set(['crypto', 'buffer', 'util'])

/** Whether `from` may import `to` (both paths in the project); the first rule that refuses gives the reason. */
const RULES = [
  ['kernel imports nothing of ours', (from, to) => from.startsWith('kernel/') && !to.startsWith('kernel/')],
  ['engines stand alone', (from, to) => from.startsWith('engines/') && !to.startsWith('engines/')],
  ['the tracker stands alone', (from, to) => from.startsWith('tracker/') && !to.startsWith('tracker/')],
  [
    'platform knows no room and no shell',
    (from, to) => from.startsWith('platform/') && !/^(platform|kernel)\//.test(to),
  ],
  [
    'a room’s server side knows no shell and no screen',
    (from, to) =>
      /^features\/[^/]+\/(server\/|[^/]+$)/.test(from) &&
      /^(server|web|engines|demo|test|bench)\/|^features\/[^/]+\/web\//.test(to),
  ],
  [
    'screens know no server',
    (from, to) =>
      /^(web\/|features\/[^/]+\/web\/)/.test(from) &&
      /^(server|platform|engines|demo)\/|^features\/[^/]+\/server\//.test(to),
  ],
  [
    'rooms’ screens use the shell’s parts, not its frame',
    (from, to) => from.startsWith('features/') && /^web\/(shell\/|routes\.tsx$)/.test(to),
  ],
  [
    'rooms enter one another by their doors',
    (from, to) => roomOf(from) && roomOf(to) && roomOf(from) !== roomOf(to) && !DOOR.test(to),
  ],
]
/** Types of contracts may name the vocabulary of access; nothing else of the platform reaches a screen. */
const ALLOWED = [(from, to) => /contract\.ts$/.test(from) && to === 'platform/http/access.ts']

const roomOf = (path) => /^features\/([^/]+)\//.exec(path)?.[1]

const files = FOLDERS.filter((folder) => existsSync(join(root, folder))).flatMap((folder) =>
  listSources(folder),
)
const known = new Set(files)
const declared = readDeclared()
const problems = []
const graph = new Map()
for (const file of files) graph.set(file, checkFile(file))
findCycle(graph, 'files in a circle')
findCycle(graphOfRooms(), 'rooms in a circle')
for (const problem of problems) console.error(problem)
console.log(
  `${files.length} files, ${problems.length === 0 ? 'imports in order' : `${problems.length} imports against the rules`}`,
)
process.exitCode = problems.length === 0 ? 0 : 1

function listSources(folder) {
  return readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(ts|tsx|mts)$/.test(entry.name))
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)))
}

function readDeclared() {
  const { dependencies, devDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  return {
    all: new Set([...Object.keys(dependencies), ...Object.keys(devDependencies)]),
    shipped: new Set(Object.keys(dependencies)),
  }
}

/** Returns what the file imports at run time; type imports are checked but make no cycle. */
function checkFile(file) {
  const text = readFileSync(join(root, file), 'utf8').replace(/\/\*[\s\S]*?\*\/|`[^`]*`/g, '')
  const isTest = TEST.test(file)
  const runtime = []
  for (const match of text.matchAll(IMPORT)) {
    const target = match[1] ?? match[2] ?? match[3]
    const isTypeOnly = TYPE_ONLY.test(match[0])
    if (!target.startsWith('.')) {
      checkPackage(file, target, isTest, isTypeOnly)
      continue
    }
    const path = normalize(join(dirname(file), target))
    if (!isTest) checkRules(file, path)
    if (!isTypeOnly && known.has(path)) runtime.push(path)
  }
  return runtime
}

function checkRules(from, to) {
  if (ALLOWED.some((allows) => allows(from, to))) return
  const broken = RULES.find(([, refuses]) => refuses(from, to))
  if (broken) problems.push(`${from} → ${to}: ${broken[0]}`)
}

function checkPackage(file, target, isTest, isTypeOnly) {
  const name = target.replace(/^node:/, '')
  if (target.startsWith('node:') || builtinModules.includes(name)) {
    if (file.startsWith('kernel/') && !isTest && !PURE_CORE.has(name))
      problems.push(`${file} → ${target}: kernel does no I/O`)
    return
  }
  const [scope, second] = target.split('/')
  const owner = scope.startsWith('@') ? `${scope}/${second}` : scope
  if (target.startsWith('virtual:') || target.startsWith('/')) return
  if (!declared.all.has(owner)) problems.push(`${file} → ${target}: not in package.json`)
  else if (!isTest && !isTypeOnly && !declared.shipped.has(owner) && !/^(tracker|demo)\//.test(file))
    problems.push(`${file} → ${target}: a part for development only`)
}

function graphOfRooms() {
  const rooms = new Map()
  for (const [from, targets] of graph) {
    const room = roomOf(from)
    if (!room || TEST.test(from)) continue
    const others = targets.map(roomOf).filter((other) => other && other !== room)
    rooms.set(room, [...(rooms.get(room) ?? []), ...others])
  }
  return rooms
}

function findCycle(edges, what) {
  const done = new Set()
  const path = []
  const visit = (node) => {
    if (done.has(node)) return
    const at = path.indexOf(node)
    if (at !== -1) {
      problems.push(`${what}: ${[...path.slice(at), node].join(' → ')}`)
      return
    }
    path.push(node)
    for (const next of edges.get(node) ?? []) visit(next)
    path.pop()
    done.add(node)
  }
  for (const node of edges.keys()) visit(node)
}
