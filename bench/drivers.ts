import { findEffects } from '../features/drivers/server/models/find-effects.ts'
import type { Control, Predictor, UnitTable } from '../features/drivers/server/models/units.ts'
import { createPrng, type Prng } from '../kernel/prng.ts'
import { printFigures } from './lib/figures.ts'

/**
 * The model of the drivers on many persons, as the worker thread fits it: `npx tsx bench/drivers.ts [persons] [predictors]`.
 * Standards are known of four in ten persons each, in six stages; events and pages met of everybody.
 */
const PERSONS = Number(process.argv[2] ?? 1_000_000)
const PREDICTORS = Number(process.argv[3] ?? 30)
const STAGES = 6
const CONTROLS = { source: 12, device: 3, month: 12, part_of_day: 4, category: 10, region: 20 }

const prng = createPrng('drivers')

function makeControl(name: string, labels: number): Control {
  return {
    name,
    codes: Int32Array.from({ length: PERSONS }, () => prng.below(labels)),
    labels: Array.from({ length: labels }, (_, at) => `${name} ${at}`),
    stageRank: name === 'region' ? 3 : 0,
  }
}

const controls = Object.entries(CONTROLS).map(([name, labels]) => makeControl(name, labels))
const sources = (controls[0] as Control).codes
const chances = new Float64Array(PERSONS).fill(0.3)

/** Two of three are standards with levels, missed more often by those from ads; the others events. */
function makePredictor(at: number, { float }: Prng): Predictor {
  const isStandard = at % 3 !== 2
  const known = Float64Array.from(chances, () => (!isStandard || float() < 0.4 ? 1 : 0))
  const names = isStandard ? (['between', 'missed', 'badly'] as const) : (['missed'] as const)
  const levels = names.map((level) => ({ level, values: new Float64Array(PERSONS) }))
  for (let row = 0; row < PERSONS; row++) {
    if (known[row] === 0 || float() > (sources[row] === 0 ? 0.35 : 0.2)) continue
    const which = prng.below(levels.length)
    const { values } = levels[which] as (typeof levels)[number]
    values[row] = 1
    chances[row] = (chances[row] as number) - (at % 4 === 0 ? 0.01 * (which + 1) : 0)
  }
  const kind = isStandard ? 'standard' : 'event'
  return { key: `${kind}.${at}`, kind, stageRank: at % STAGES, isChosen: false, isGood: false, known, levels }
}

function makeTable(): UnitTable {
  const predictors = Array.from({ length: PREDICTORS }, (_, at) => makePredictor(at, prng))
  const outcome = chances.map((chance) => (prng.float() < chance ? 1 : 0))
  const buyers = Int32Array.from(outcome.keys()).filter((person) => outcome[person] === 1)
  return {
    outcome,
    cluster: Int32Array.from(outcome.keys()),
    persons: PERSONS,
    family: 'share',
    predictors,
    controls,
    amounts: { row: buyers, amount: Float64Array.from(buyers, () => 50_000 + prng.below(200_000)) },
  }
}

const table = makeTable()
const before = process.memoryUsage.rss() / 1e6

function measure(isWithMoney: boolean) {
  const began = performance.now()
  const found = findEffects(table, {
    seed: 1,
    ...(isWithMoney && { money: { margin: 0.3, attainable: {} } }),
  })
  const seconds = (performance.now() - began) / 1000
  return { seconds, found, peak: process.resourceUsage().maxRSS / 1000 }
}

const plain = measure(false)
const money = measure(true)
const many = `${(PERSONS / 1e6).toFixed(1)} million persons × ${PREDICTORS}`
const told = money.found.drivers.filter(({ effect }) => effect !== null).length
printFigures(
  'drivers',
  [
    {
      what: `${many}: effects, importance, curves of ${plain.found.curveUnits}`,
      value: `${plain.seconds.toFixed(1)} s`,
      goal: '< 10 s',
      met: plain.seconds < 10,
    },
    {
      what: `${many}: and money by 500 draws`,
      value: `${money.seconds.toFixed(1)} s`,
      goal: '< 20 s',
      met: money.seconds < 20,
    },
    {
      what: 'memory, table and all',
      value: `${Math.round(money.peak)} MB (the table ${Math.round(before)} MB)`,
    },
    { what: 'effects told', value: `${told} of ${PREDICTORS}` },
  ],
  {
    persons: PERSONS,
    predictors: PREDICTORS,
    plain: plain.seconds,
    money: money.seconds,
    peak: money.peak,
    told,
  },
)
