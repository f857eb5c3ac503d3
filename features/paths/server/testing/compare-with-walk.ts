import { expect } from 'vitest'
import { identityKey } from '../../../../kernel/hash128.ts'
import type { Prng } from '../../../../kernel/prng.ts'
import type { Deps } from '../../../../platform/room.ts'
import { DIRECTIONS } from '../../vocabulary.ts'
import { type FlowRow, flowQuery } from '../flow-query.ts'
import { chooseInFlow, chooseInSteps, pathPersonsQuery } from '../path-persons-query.ts'
import type { Query } from '../path-table-query.ts'
import { type StepRow, stepsQuery } from '../steps-query.ts'
import type { PathPlan } from '../units-query.ts'
import { identifyVariant, type VariantRow, variantsQuery } from '../variants-query.ts'
import type { WalkedUnit } from './slow-walk.ts'
import { codeOf, count, nodesOf, walkFlow, walkSteps } from './walk-questions.ts'

export interface Compared {
  plan: PathPlan
  /** What the walk found. */
  units: readonly WalkedUnit[]
  prng: Prng
  label: string
}

type Ask = <Row>(query: Query) => Promise<Row[]>

/** Three statements and two lists of persons say what the walk does. */
export async function compareWithWalk({ clickhouse }: Pick<Deps, 'clickhouse'>, compared: Compared) {
  const run: Ask = <Row>({ sql, params }: Query) => clickhouse.query<Row>(sql, { params, kind: 'report' })
  await compareFlow(run, compared)
  await compareVariants(run, compared)
  await compareSteps(run, compared)
}

async function compareFlow(run: Ask, { plan, units, prng, label }: Compared) {
  const flow = {
    ...plan,
    direction: prng.pick(DIRECTIONS),
    depth: 3 + prng.below(3),
    at: prng.pick([undefined, undefined, codeOf('cart')] as const),
  }
  const ways = units.map((unit) => ({ who: unit.who, way: walkFlow(unit, flow) }))
  const links = await run<FlowRow>(flowQuery(flow))
  const told = links.filter(({ column }) => column > 0)
  expect(
    Object.fromEntries(told.map(({ column, from, to, n }) => [`${column} ${from} ${to}`, n])),
    label,
  ).toEqual(count(ways.flatMap(({ way }) => way.slice(1).map((to, at) => `${at + 1} ${way[at]} ${to}`))))
  const all = links.find(({ column, from }) => column === 0 && from === 0)
  const each = Object.values(count(units.map(({ who }) => who)))
  expect(all ?? { n: 0, persons: 0, squares: 0 }, label).toMatchObject({
    n: units.length,
    persons: each.length,
    squares: each.reduce((sum, m) => sum + m * m, 0),
  })
  const inCart = ways.filter(({ way }) => way[1] === codeOf('cart'))
  const [found, condition] = chooseInFlow(flow, { column: 1, spot: 'cart' })
  await comparePersons(run, pathPersonsQuery(found, condition, plan, PAGE), inCart, { plan, label })
}

async function compareVariants(run: Ask, { plan, units, label }: Compared) {
  const rows = await run<VariantRow>(variantsQuery({ ...plan, maxSteps: 6, top: 10_000, through: [] }))
  const walked = units.map((unit) => {
    const nodes = nodesOf(unit, plan.repeats)
    return { ...unit, key: identifyVariant({ nodes: nodes.slice(0, 6), is_cut: nodes.length > 6 ? 1 : 0 }) }
  })
  const sum = (key: string) => {
    const of = walked.filter((unit) => unit.key === key)
    const ending = (outcome: string) => of.filter((unit) => unit.outcome === outcome).length
    return [of.length, ending('ordered'), ending('open'), of.reduce((all, { value }) => all + value, 0)]
  }
  const said = rows.map((row) => [identifyVariant(row), [row.n, row.ordered, row.open, row.value]])
  const keys = [...new Set(walked.map(({ key }) => key))]
  expect(Object.fromEntries(said), label).toEqual(Object.fromEntries(keys.map((key) => [key, sum(key)])))
}

async function compareSteps(run: Ask, { plan, units, label }: Compared) {
  const rows = await run<StepRow>(stepsQuery(plan))
  const said = rows.map(({ line, a, b, times, units: n }) => [`${line} ${a} ${b}`, [times, n]])
  expect(Object.fromEntries(said), label).toEqual(walkSteps(units))
  const [all, followed] = chooseInSteps(plan, 'followed', { step: 'product_page', step2: 'cart' })
  const pair = `${codeOf('product_page')} ${codeOf('cart')}`
  const having = units.filter((unit) => {
    const nodes = nodesOf(unit, true)
    return nodes.some((node, at) => `${nodes[at - 1]} ${node}` === pair)
  })
  await comparePersons(run, pathPersonsQuery(all, followed, plan, PAGE), having, { plan, label })
}

const PAGE = { after: undefined, limit: 100 }

async function comparePersons(
  run: Ask,
  query: Query,
  walked: readonly { who: string }[],
  { plan, label }: Pick<Compared, 'plan' | 'label'>,
) {
  const listed = await run<{ person: string }>(query)
  const persons = walked.map(({ who }) => identityKey(plan.shop, 'anonymous', who))
  expect(listed.map(({ person }) => person).sort(), label).toEqual([...new Set(persons)].sort())
}
