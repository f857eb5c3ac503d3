import { AppError } from '../../../kernel/errors.ts'
import { type ConformancePersonsQuestion, type Outcome, PATH_CLASSES, type PathClass } from '../contract.ts'
import type { IntendedPath } from './models/align-path.ts'
import { groupSteps, type PathRow, readOutcome, readPlace } from './models/count-journeys.ts'
import { findSide, type Journey, readJourney } from './models/read-journey.ts'
import type { CodedScenario } from './scenario-path.ts'

type Asked = Pick<ConformancePersonsQuestion, 'part' | 'step' | 'stage' | 'toStep' | 'by' | 'side'>

/** Whether a journey belongs to the number that is asked about. Fails with `bad_request` where there is no such number. */
export function readPart(asked: Asked, scenario: CodedScenario, outcome: Outcome): (row: PathRow) => boolean {
  const { path } = scenario
  const holds = chooseJourneys(asked, scenario, outcome)
  return (row) => holds(readJourney(row.path, path, row.over === 1), row)
}

function chooseJourneys(
  asked: Asked,
  scenario: CodedScenario,
  outcome: Outcome,
): (journey: Journey, row: PathRow) => boolean {
  const { part } = asked
  const { path } = scenario
  if (part === 'offPath') return ({ class: whole }) => whole === ''
  if (part === 'beside') return ({ class: whole }, { withBeside }) => whole !== '' && withBeside > 0
  if (part === 'contrast') return chooseSide(asked, path, outcome)
  if (part === 'move') {
    const [from, to] = [getStep(asked.step, path, 0), getStep(asked.toStep, path, 1)]
    return ({ moves }) => moves.has(from * 64 + to)
  }
  const isWhole = asked.step === undefined && asked.stage === undefined
  if (isWhole && (PATH_CLASSES as readonly string[]).includes(part))
    return ({ class: whole }) => whole === (part as PathClass)
  if (part === 'followed' || part === 'open')
    throw refuse(`“${part}” is asked of whole journeys: leave the step and the stage out.`)
  const steps = findSteps(asked, scenario)
  return (journey) => readPlace(journey, path, steps)[part]
}

function chooseSide(
  { step, by, side }: Asked,
  path: IntendedPath,
  outcome: Outcome,
): (journey: Journey, row: PathRow) => boolean {
  if (by === undefined || side === undefined)
    throw refuse('Say which side of the comparison is meant: "by" and "side" are missing.')
  const at = getStep(step, path, 1)
  return (journey, row) => {
    const found = findSide(journey, path, at, by)
    if (!found || found.isDeviating !== (side === 'deviating')) return false
    return readOutcome(journey, row, outcome, found.at).of > 0
  }
}

function findSteps({ step, stage }: Asked, { path, stages }: CodedScenario): number[] {
  if (stage === undefined) return [getStep(step, path, 1)]
  const steps = groupSteps(path)[stages.indexOf(stage)]
  if (!steps) throw refuse(`No step of the path is in the stage “${stage}”.`)
  return steps
}

function getStep(step: number | undefined, { required }: IntendedPath, least: number): number {
  if (step === undefined) throw refuse('Say which step is meant.')
  if (step < least || step >= required.length)
    throw refuse(`The path has ${required.length - 1} steps, and no step ${step}.`)
  return step
}

/** Tokens of which such a journey has at least one; undefined where that can't be told. */
export function listTokens({ part, step, toStep }: Asked, { path }: CodedScenario): number[] | undefined {
  if (part === 'offPath') return undefined
  const wanted =
    part === 'move' ? toStep : ['reached', 'late', 'back', 'deadEnd'].includes(part) ? step : undefined
  return path.classes.flatMap((steps, token) => {
    const makes = wanted === undefined ? steps.length > 0 : steps.includes(wanted)
    return makes ? [token] : []
  })
}

const refuse = (message: string) => new AppError('bad_request', message)
