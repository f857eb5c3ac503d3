import { localDay, parseDay } from '../../../../kernel/time.ts'
import { addFacts, addWayControls } from './gather-facts.ts'
import { findLevel } from './levels.ts'
import { readOrders } from './order-story.ts'
import { SAYS } from './packed.ts'
import { type History, type HistoryEvent, textAt } from './read-history.ts'
import { openUnit, type Unit, type UnitsFound } from './unit.ts'
import { isAboutRecommending } from './units-of-buyers.ts'
import { addOrderControls } from './units-of-parcels.ts'
import type { UnitsGround } from './units-plan.ts'

const DELAY = 'days_late'
const ENDS: readonly number[] = [SAYS.arrived, SAYS.received, SAYS.refused, SAYS.cancelled]
/** A product's card with fewer photos is a poor one. */
const ENOUGH_PHOTOS = 2

/** Each mark of the period that says what it is about, a contact or an order; on a scale of −100 … 100. */
export function unitsOfMarks(history: History, person: number, ground: UnitsGround): UnitsFound {
  const { from, to } = ground.period
  const units: Unit[] = []
  for (const mark of history.events) {
    if (mark.says !== SAYS.feedback || mark.value === null || isAboutRecommending(mark)) continue
    if (mark.at < from || mark.at >= to || (mark.about === '' && mark.order === '')) continue
    units.push(makeUnit(history, person, ground, mark))
  }
  return { units, unripe: 0 }
}

function makeUnit(history: History, person: number, ground: UnitsGround, mark: HistoryEvent): Unit {
  const unit = openUnit({ person, at: mark.at, outcome: (mark.value as number) * 100, amount: 0 })
  const own = history.events.filter((event) => event !== mark && event.at <= mark.at && isOfSame(event, mark))
  addFacts(unit, own, ground)
  unit.met.clear()
  addDelaySoFar(unit, history, mark, ground)
  addContact(unit, own, mark)
  const order = readOrders(history).find(({ id }) => mark.order !== '' && id === mark.order)
  const { touchpoint } = mark
  if (order?.placed) {
    addOrderControls(unit, history, { ...order, placed: order.placed }, ground)
    addCard(unit, order.placed)
  } else addWayControls(unit, [], ground)
  // Nobody visits when they answer: the hour would be that of the mark.
  const { part_of_day: _, weekend: __, contact: ___, ...controls } = unit.controls
  unit.controls = { ...controls, touchpoint }
  return unit
}

/** About the same contact, or the same order. */
function isOfSame(event: HistoryEvent, mark: HistoryEvent): boolean {
  if (mark.order !== '' && event.order === mark.order) return true
  const { about } = mark
  return about !== '' && (event.about === about || event.about.startsWith(`quote:${about}:`))
}

function addContact(unit: Unit, own: readonly HistoryEvent[], mark: HistoryEvent): void {
  const about = own.filter((event) => event.about === mark.about && mark.about !== '')
  const started = about.find(({ says }) => says === SAYS.started)
  const answered = about.find((event) => event.says === SAYS.answered && textAt(event, 0) !== 'bot')
  unit.controls.topic = started ? textAt(started, 1) : ''
  unit.operator = (answered ? textAt(answered, 1) : '') || textAt(mark, 1)
  unit.controls.operator = unit.operator
}

/** Whoever is asked before the parcel came knows already that it is late, and by how many days at least. */
function addDelaySoFar(unit: Unit, history: History, mark: HistoryEvent, ground: UnitsGround): void {
  const key = [...ground.standards.keys()].find((one) => one.endsWith(`.${DELAY}`))
  const standard = key === undefined ? undefined : ground.standards.get(key)
  const isJudged = unit.readings.some((reading) => reading.key === key)
  if (mark.order === '' || key === undefined || !standard || isJudged) return
  const before = history.events.filter(({ order, at }) => order === mark.order && at <= mark.at)
  const promise = before.findLast(({ says }) => says === SAYS.promised)
  const day = promise && parseDay(textAt(promise, 0))
  if (day === undefined || before.some(({ says }) => ENDS.includes(says))) return
  const late = localDay(mark.at, ground.timeZone) - day
  if (late > 0) unit.readings.push({ key, level: findLevel(standard, late) })
}

/** How much the product's card told, where the order says it. */
function addCard(unit: Unit, placed: HistoryEvent): void {
  const [photos, letters] = [4, 5].map((at) =>
    textAt(placed, at) === '' ? Number.NaN : Number(textAt(placed, at)),
  )
  if (photos !== undefined && Number.isFinite(photos))
    unit.events.set('few_photos', { isKnown: true, is: photos < ENOUGH_PHOTOS })
  if (letters !== undefined && Number.isFinite(letters)) unit.description = letters
}
