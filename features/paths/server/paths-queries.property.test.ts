import { afterAll, beforeAll, expect, test } from 'vitest'
import { identityKey } from '../../../kernel/hash128.ts'
import { createPrng, type Prng } from '../../../kernel/prng.ts'
import type { System } from '../../../server/open-system.ts'
import { openTestSystem } from '../../../test/harness.ts'
import { createShop } from '../../accounts/server/actions.ts'
import { sketchContacts } from '../../journeys/server/testing/record-contacts.ts'
import { getDefaultRegistry } from '../../touchpoints/server/reads.ts'
import { DIRECTIONS, UNITS, UNTIL } from '../vocabulary.ts'
import { type FlowRow, flowQuery } from './flow-query.ts'
import { BEGAN, codeNodes, END, findCode, ON } from './node-codes.ts'
import { chooseInFlow, chooseInSteps, pathPersonsQuery } from './path-persons-query.ts'
import type { Query } from './path-table-query.ts'
import { LINE, type StepRow, stepsQuery } from './steps-query.ts'
import { collapseSteps, type WalkedEvent, type WalkedUnit, walkUnits } from './testing/slow-walk.ts'
import type { PathPlan } from './units-query.ts'
import { type VariantRow, variantsQuery } from './variants-query.ts'

const DAY = 86_400_000
const PERIOD = { from: Date.UTC(2026, 2, 1), to: Date.UTC(2026, 4, 30) }
const SHOPS = 2
const codes = codeNodes(getDefaultRegistry().registry, 'touchpoint')
const codeOf = (node: string) => findCode(codes, node) as number

let system: System
beforeAll(async () => {
  system = await openTestSystem({ rooms: [] })
})
afterAll(() => system.close())

/** Ties in time, long and short silences, clocks set back, orders, measurements that are no contacts. */
function inventHistory(prng: Prng): (WalkedEvent & { name: string })[] {
  const events: (WalkedEvent & { name: string })[] = []
  for (let visitor = 0; visitor < 14; visitor++) {
    let at = PERIOD.from - 35 * DAY + prng.below(100) * DAY
    for (let step = prng.below(16); step >= 0; step--) {
      at += prng.pick([0, 0, 1, 60_000, 1_800_000, 1_800_001, DAY, 30 * DAY, 30 * DAY + 1, -DAY] as const)
      const what = prng.pick(['page', 'page', 'page', 'track', 'order', 'said', 'measured'] as const)
      const name = {
        page: '',
        track: 'Chat',
        order: 'order_completed',
        said: 'Feedback Given',
        measured: 'Page Measured',
      }
      events.push({
        ...{ id: `${visitor}-${step}`, who: `v${visitor}`, at, name: name[what] },
        touchpoint:
          what === 'order'
            ? prng.pick(['', 'checkout'])
            : prng.pick(['product_page', 'cart', 'chat', 'survey']),
        arrival: what === 'page' ? prng.pick(['', '', 'search_ad', 'blogger']) : '',
        isContact: what !== 'measured',
        order: what === 'order',
        amount: what === 'order' ? prng.below(9) * 100 : 0,
      })
    }
  }
  // What is said is a contact only where opinions are at home; an event without touchpoint is none.
  return events.map((event) => ({
    ...event,
    isContact:
      event.isContact &&
      (event.touchpoint !== '' || event.arrival !== '') &&
      (event.name !== 'Feedback Given' || event.touchpoint === 'survey'),
  }))
}

async function record(shop: number, events: readonly (WalkedEvent & { name: string })[], prng: Prng) {
  const { clickhouse, writer } = system.deps
  const rows = sketchContacts(
    shop,
    events.map(({ id, who, at, name, touchpoint, arrival, order }) => ({
      ...{
        id,
        who,
        at,
        name,
        touchpoint,
        arrival,
        kind: name === '' ? ('page' as const) : ('track' as const),
      },
      order: order ? `o-${id}` : '',
    })),
  ).map((row, at) => ({
    ...row,
    stage: row.touchpoint === 'survey' ? 'opinion' : 'site',
    amount: (events[at] as WalkedEvent).amount,
    currency: 'UAH',
  }))
  await writer.write(rows, [])
  await writer.write(
    rows.filter(() => prng.below(5) === 0),
    [],
  )
  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  await clickhouse.insert('identity_links', [
    { shop, identity: identity('v7'), person: identity('v2'), version: 1, deleted: 0 },
  ])
}

const run = <Row>({ sql, params }: Query) =>
  system.deps.clickhouse.query<Row>(sql, { params, kind: 'report' })

function count(keys: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const key of keys) counts[key] = (counts[key] ?? 0) + 1
  return counts
}

const nodesOf = (unit: WalkedUnit, repeats: boolean) =>
  (repeats ? unit.steps : collapseSteps(unit.steps)).map(({ node }) => codeOf(node))

/** A unit's nodes from column to column, by hand. */
function walkFlow(
  unit: WalkedUnit,
  { repeats, direction, depth, at }: Parameters<typeof flowQuery>[0],
): number[] {
  const nodes = nodesOf(unit, repeats)
  const spot = at === undefined ? (direction === 'forward' ? 0 : nodes.length - 1) : nodes.indexOf(at)
  if (spot < 0) return []
  const end = END[unit.outcome]
  if (direction === 'forward') {
    const shown = nodes.slice(spot, spot + depth)
    return [...shown, spot + depth < nodes.length ? ON : end]
  }
  const shown = nodes
    .slice(0, spot + 1)
    .reverse()
    .slice(0, depth)
  return [...(at === undefined ? [end] : []), ...shown, spot + 1 > depth ? ON : BEGAN]
}

function walkSteps(units: readonly WalkedUnit[]) {
  const lines = units.flatMap((unit, place) => {
    const nodes = nodesOf(unit, true)
    const changes = nodesOf(unit, false)
    const outcome = ['left', 'ordered', 'open'].indexOf(unit.outcome)
    const line = (which: number, a: number, b: number) => ({ place, key: `${which} ${a} ${b}` })
    return [
      line(LINE.all, 0, 0),
      line(LINE.begun, nodes[0] as number, 0),
      line(LINE.ended, nodes.at(-1) as number, outcome),
      ...[...new Set(nodes)].map((node) => line(LINE.met, node, 0)),
      ...nodes.slice(1).map((node, at) => line(LINE.followed, nodes[at] as number, node)),
      ...changes.flatMap((node, at) =>
        at + 2 < changes.length && changes[at + 2] === node
          ? [line(LINE.returned, node, changes[at + 1] as number)]
          : [],
      ),
    ]
  })
  const times = count(lines.map(({ key }) => key))
  const inUnits = count(
    [...new Set(lines.map(({ key, place }) => `${place}|${key}`))].map((one) => one.split('|')[1] as string),
  )
  return Object.fromEntries(Object.entries(times).map(([key, n]) => [key, [n, inUnits[key]]]))
}

/** What three statements and two lists of persons say, and what the walk does. */
async function compare(
  shop: number,
  plan: PathPlan,
  units: readonly WalkedUnit[],
  prng: Prng,
  label: string,
) {
  const flow = {
    ...plan,
    direction: prng.pick(DIRECTIONS),
    depth: 3 + prng.below(3),
    at: prng.pick([undefined, undefined, codeOf('cart')] as const),
  }
  const ways = units.map((unit) => ({ who: unit.who, way: walkFlow(unit, flow) }))
  const links = await run<FlowRow>(flowQuery(flow))
  expect(
    Object.fromEntries(
      links
        .filter(({ column }) => column > 0)
        .map(({ column, from, to, n }) => [`${column} ${from} ${to}`, n]),
    ),
    label,
  ).toEqual(count(ways.flatMap(({ way }) => way.slice(1).map((to, at) => `${at + 1} ${way[at]} ${to}`))))
  const persons = new Set(units.map(({ who }) => who)).size
  expect(
    links.find(({ column, from }) => column === 0 && from === 0) ?? { n: 0, persons: 0 },
    label,
  ).toMatchObject({ n: units.length, persons })

  const variants = await run<VariantRow>(variantsQuery({ ...plan, maxSteps: 6, top: 10_000, through: [] }))
  const walked = units.map((unit) => {
    const nodes = nodesOf(unit, plan.repeats)
    return { ...unit, key: nodes.slice(0, 6).join(' ') + (nodes.length > 6 ? ' …' : '') }
  })
  const said = variants.map(({ nodes, is_cut, n, ordered, open, value }) => [
    nodes.join(' ') + (is_cut ? ' …' : ''),
    [n, ordered, open, value],
  ])
  const sum = (key: string) => {
    const of = walked.filter((unit) => unit.key === key)
    const ending = (outcome: string) => of.filter((unit) => unit.outcome === outcome).length
    return [of.length, ending('ordered'), ending('open'), of.reduce((all, { value }) => all + value, 0)]
  }
  expect(Object.fromEntries(said), label).toEqual(
    Object.fromEntries([...new Set(walked.map(({ key }) => key))].map((key) => [key, sum(key)])),
  )

  const steps = await run<StepRow>(stepsQuery(plan))
  expect(
    Object.fromEntries(steps.map(({ line, a, b, times, units: n }) => [`${line} ${a} ${b}`, [times, n]])),
    label,
  ).toEqual(walkSteps(units))

  const identity = (who: string) => identityKey(shop, 'anonymous', who)
  const inCart = ways.filter(({ way }) => way[1] === codeOf('cart')).map(({ who }) => identity(who))
  const [found, condition] = chooseInFlow(flow, { column: 1, spot: 'cart' })
  const listed = await run<{ person: string }>(
    pathPersonsQuery(found, condition, plan, { after: undefined, limit: 100 }),
  )
  expect(listed.map(({ person }) => person).sort(), label).toEqual([...new Set(inCart)].sort())
  const [all, followed] = chooseInSteps(plan, 'followed', { step: 'product_page', step2: 'cart' })
  const who = await run<{ person: string }>(
    pathPersonsQuery(all, followed, plan, { after: undefined, limit: 100 }),
  )
  const pair = `${codeOf('product_page')} ${codeOf('cart')}`
  const walkedPairs = units.filter((unit) => {
    const nodes = nodesOf(unit, true)
    return nodes.some((node, at) => `${nodes[at - 1]} ${node}` === pair)
  })
  expect(who.map(({ person }) => person).sort(), label).toEqual(
    [...new Set(walkedPairs.map((unit) => identity(unit.who)))].sort(),
  )
}

test('flow, variants, the map of steps and lists of persons equal a walk from event to event', {
  timeout: 120_000,
}, async () => {
  let told = 0
  for (let seed = 0; seed < SHOPS; seed++) {
    const prng = createPrng(`paths ${seed}`)
    const shop = await createShop(system.deps.db, { name: `Paths ${seed}` })
    const events = inventHistory(prng)
    await record(shop, events, prng)
    const merged = events.map((event) => ({ ...event, who: event.who === 'v7' ? 'v2' : event.who }))
    for (const unit of UNITS)
      for (const until of UNTIL) {
        const now = prng.pick([PERIOD.to, PERIOD.to - 20 * DAY])
        const repeats = prng.below(2) === 0
        const plan: PathPlan = { shop, period: PERIOD, now, unit, until, repeats, codes, currency: 'UAH' }
        const units = walkUnits(merged, {
          shop,
          period: PERIOD,
          now,
          unit,
          until,
          nodes: ['', ...codes.keys],
        })
        told += units.filter(({ steps }) => steps.length > 3).length
        await compare(shop, plan, units, prng, `history ${seed}, ${unit}, ${until}, repeats ${repeats}`)
      }
  }
  // Were all paths short, the comparison would prove little.
  expect(told).toBeGreaterThan(SHOPS * 8)
})
