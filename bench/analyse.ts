import { createWriteStream } from 'node:fs'
import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { finished } from 'node:stream/promises'
import { createBadRows, openRows } from '../features/imports/server/reads.ts'
import { createPrng } from '../kernel/prng.ts'
import { type Figure, printFigures } from './lib/figures.ts'
import { measureCommand } from './lib/measure-command.ts'

/**
 * `tropa analyse …` on big files, each as a process of its own, against only reading the same file. Usage:
 * npx tsx bench/analyse.ts [rows]
 */
const ROWS = Number(process.argv[2] ?? 1_000_000)
const MAX_SECONDS = 15
const MAX_MEGABYTES = 1000
const EACH = 10

const prng = createPrng('analyse')
const folder = await mkdtemp(join(tmpdir(), 'tropa-bench-analyse-'))
const file = (name: string) => join(folder, name)

const STEPS = [
  'visit',
  'search',
  'product',
  'cart',
  'checkout',
  'order',
  'chat',
  'call',
  'delivery',
  'review',
]
const EVENTS = ['--case', 'case', '--event', 'event', '--time', 'time']
const FUNNEL = ['--steps', 'visit,product,cart,order', '--window', '7d']

function makePath(): string {
  const steps = Array.from({ length: 2 + prng.below(8) }, () => `channel ${prng.below(30)}`)
  const conversions = prng.below(3)
  return `${steps.join(' > ')},${conversions},${conversions * 100},${prng.below(5)}\n`
}

const dateOf = (row: number) =>
  new Date(Date.UTC(2026, 0, 1) + (row % EACH) * 3_600_000 + prng.below(3_000_000)).toISOString()
const stepOf = () => STEPS[prng.below(STEPS.length)] as string

function makeTrace(row: number): string {
  const events = Array.from(
    { length: EACH },
    (_, at) => `<event>
      <string key="concept:name" value="${stepOf()}"/>
      <string key="org:resource" value="operator ${prng.below(40)}"/>
      <date key="time:timestamp" value="${dateOf(at)}"/>
    </event>`,
  )
  return `  <trace><string key="concept:name" value="case ${row}"/>\n    ${events.join('\n    ')}\n  </trace>\n`
}

function makeMeasures(): string {
  const [late, answer] = [prng.below(9) - 4, prng.below(900)]
  const rating = 5 - 0.3 * Math.max(0, late) - answer / 600 + prng.float()
  return `${rating.toFixed(2)},${late},${answer},city ${prng.below(12)},${prng.below(2)}\n`
}

async function write(name: string, head: string, count: number, make: (at: number) => string, end = '') {
  const out = createWriteStream(file(name))
  out.write(head)
  for (let done = 0; done < count; done += 5_000) {
    const lines = Array.from({ length: Math.min(5_000, count - done) }, (_, at) => make(done + at))
    if (!out.write(lines.join(''))) await new Promise<void>((resolve) => out.once('drain', () => resolve()))
  }
  out.end(end)
  await finished(out)
}

async function timeReading(name: string): Promise<number> {
  const began = performance.now()
  const { read } = await openRows(file(name), createBadRows(false))
  await read(() => undefined)
  return (performance.now() - began) / 1000
}

const megabytes = async (name: string) => Math.round((await stat(file(name))).size / 1e6)

async function measure(what: string, name: string, args: string[], reading?: number) {
  const { seconds, peak } = await measureCommand(['analyse', ...args, '--json'])
  const ratio = reading === undefined ? '' : `, ${(seconds / reading).toFixed(1)}× reading`
  const figure: Figure = {
    what: `${what} (${await megabytes(name)} MB)`,
    value: `${seconds.toFixed(1)} s${ratio}, at most ${Math.round(peak)} MB`,
    goal: `< ${MAX_SECONDS} s, < 1 GB`,
    met: seconds < MAX_SECONDS && peak < MAX_MEGABYTES,
  }
  return { figure, data: { what, seconds, peak, ...(reading !== undefined && { reading }) } }
}

try {
  await write('paths.csv', 'path,conversions,value,nulls\n', ROWS, makePath)
  await write(
    'events.csv',
    'case,event,time\n',
    ROWS,
    (row) => `${Math.floor(row / EACH)},${stepOf()},${dateOf(row)}\n`,
  )
  await write('measures.csv', 'rating,days_late,answer_seconds,city,returned\n', ROWS, makeMeasures)
  const traces = Math.ceil(ROWS * 0.04)
  await write('log.xes', '<?xml version="1.0" encoding="UTF-8"?>\n<log>\n', traces, makeTrace, '</log>\n')
  const reading = {
    paths: await timeReading('paths.csv'),
    events: await timeReading('events.csv'),
    measures: await timeReading('measures.csv'),
  }
  const attribution = (model: string, ...more: string[]) =>
    measure(
      `attribution: ${[model, ...more].join(' ')}`,
      'paths.csv',
      ['attribution', file('paths.csv'), '--model', model, '--nulls', ...more],
      reading.paths,
    )
  const drivers = (outcome: string, predictors: string, family: string) =>
    measure(
      `drivers: ${family}`,
      'measures.csv',
      ['drivers', file('measures.csv'), '--outcome', outcome, '--predictors', predictors, '--family', family],
      reading.measures,
    )
  const results = [
    await attribution('linear'),
    await attribution('markov'),
    await attribution('markov', '--order', '2'),
    await attribution('shapley'),
    await measure('paths', 'events.csv', ['paths', file('events.csv'), ...EVENTS], reading.events),
    await measure('paths, XES', 'log.xes', ['paths', file('log.xes')]),
    await measure(
      'funnel',
      'events.csv',
      ['funnel', file('events.csv'), ...EVENTS, ...FUNNEL],
      reading.events,
    ),
    await measure('funnel, XES', 'log.xes', ['funnel', file('log.xes'), ...FUNNEL]),
    await drivers('rating', 'days_late,answer_seconds,city', 'gaussian'),
    await drivers('returned', 'days_late,answer_seconds,city', 'binomial'),
  ]
  printFigures(
    'analyse',
    results.map(({ figure }) => figure),
    { rows: ROWS, results: results.map(({ data }) => data) },
  )
} finally {
  await rm(folder, { recursive: true })
}
