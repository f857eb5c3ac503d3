import { type Static, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { ScenarioStep } from '../touchpoints/contract.ts'

/** How a journey as a whole fits its path; the gravest that is true of it. */
export const PATH_CLASSES = ['followed', 'skipped', 'back', 'deadEnd', 'open'] as const
export type PathClass = (typeof PATH_CLASSES)[number]

/** What journeys that went as intended and others are compared by. */
export const OUTCOMES = ['ordered', 'received', 'again', 'low'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** In which way journeys deviate at a step. */
export const DEVIATIONS = ['skipped', 'back'] as const
export type Deviation = (typeof DEVIATIONS)[number]

const ScenarioId = Type.String({ format: 'uuid' })

const question = {
  ...reportQuestion,
  /** The shop's first one by name unless told otherwise. */
  scenario: Type.Optional(ScenarioId),
  outcome: Type.Optional(Type.Enum([...OUTCOMES])),
}
export const ConformanceQuestion = Type.Object(question)
export type ConformanceQuestion = Static<typeof ConformanceQuestion>

/** A share of journeys with its 95 % interval, widened for persons with several journeys; null where nobody is counted. */
export const Share = Type.Union([
  Type.Object({
    n: Type.Integer(),
    of: Type.Integer(),
    share: Type.Number(),
    low: Type.Number(),
    high: Type.Number(),
  }),
  Type.Null(),
])
export type Share = Static<typeof Share>

const place = {
  /** Of all journeys on the path: made it, in turn or later. */
  reached: Share,
  /** Of those that came to it or past it: never made it, though it is not to be left out. */
  skipped: Share,
  /** Of those that stood at it: the next step that they made was an earlier one, at least once. */
  back: Share,
  /** Of those that stood at it: it was the last thing they did on the path, and the path's end was not reached. */
  deadEnd: Share,
}

export const StepFigures = Type.Object({
  ...place,
  /** Made after a later step. */
  late: Type.Integer(),
})
export type StepFigures = Static<typeof StepFigures>

export const StageFigures = Type.Object({ stage: Type.String(), ...place })
export type StageFigures = Static<typeof StageFigures>

/** Journeys that went from one step to another at least once; steps count from 1, 0 is before the path. */
export const Move = Type.Object({ from: Type.Integer(), to: Type.Integer(), n: Type.Integer() })
export type Move = Static<typeof Move>

export const Figures = Type.Object({
  /** Journeys opened in the period that made a step of the path, and those that made none. */
  journeys: Type.Integer(),
  offPath: Type.Integer(),
  /** Of all of them. */
  persons: Type.Integer(),
  classes: Type.Object({ followed: Share, skipped: Share, back: Share, deadEnd: Share, open: Share }),
  /** Contacts of journeys on the path with touchpoints that the path doesn't name. */
  beside: Type.Object({ journeys: Share, contacts: Type.Integer(), of: Type.Integer() }),
  steps: Type.Array(StepFigures),
  stages: Type.Array(StageFigures),
  moves: Type.Array(Move),
})
export type Figures = Static<typeof Figures>

/** A figure of one side against the same of the other. `q`: Benjamini and Hochberg's rate over all changes of the answer. */
export const Change = Type.Object({
  /** A class of the whole, or what happened at a step. */
  what: Type.Enum([...PATH_CLASSES, 'reached']),
  /** From 1; 0 for the whole. */
  step: Type.Integer(),
  difference: Type.Number(),
  low: Type.Number(),
  high: Type.Number(),
  q: Type.Number(),
})
export type Change = Static<typeof Change>

/** At one step: how often the outcome came among journeys that deviated there, and among those that didn't. */
export const Contrast = Type.Object({
  step: Type.Integer(),
  by: Type.Enum([...DEVIATIONS]),
  conforming: Share,
  deviating: Share,
  /** Share of the deviating less share of the conforming; null below 30 journeys on either side. */
  difference: Type.Union([
    Type.Object({ value: Type.Number(), low: Type.Number(), high: Type.Number(), q: Type.Number() }),
    Type.Null(),
  ]),
})
export type Contrast = Static<typeof Contrast>

export const PathStep = Type.Object({
  ...ScenarioStep.properties,
  /** Nothing of the registry can make it any more; it is left out of the reckoning. */
  isGone: Type.Boolean(),
})
export type PathStep = Static<typeof PathStep>

export const ConformanceAnswer = Type.Object({
  meta: ReportMeta,
  scenario: Type.Object({ id: Type.String(), name: Type.String(), version: Type.Integer() }),
  steps: Type.Array(PathStep),
  figures: Figures,
  other: Type.Union([Figures, Type.Null()]),
  changes: Type.Array(Change),
  outcome: Type.Enum([...OUTCOMES]),
  contrasts: Type.Array(Contrast),
})
export type ConformanceAnswer = Static<typeof ConformanceAnswer>

/** Whose journeys are meant: those of a class, those beside or off the path, of a step, a stage, a move or a contrast. */
export const PARTS = [...PATH_CLASSES, 'offPath', 'beside', 'reached', 'late', 'move', 'contrast'] as const
export type Part = (typeof PARTS)[number]

export const ConformancePersonsQuestion = Type.Object({
  ...question,
  part: Type.Enum([...PARTS]),
  /** `skipped`, `back` and `deadEnd` mean the whole journey without a step or stage, and that place with one. */
  step: Type.Optional(Type.Integer({ minimum: 0, maximum: 60 })),
  stage: Type.Optional(Type.String({ maxLength: 40 })),
  /** With `move`: where it leads, from `step`. */
  toStep: Type.Optional(Type.Integer({ minimum: 1, maximum: 60 })),
  /** With `contrast`. */
  by: Type.Optional(Type.Enum([...DEVIATIONS])),
  side: Type.Optional(Type.Enum(['conforming', 'deviating'])),
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
})
export type ConformancePersonsQuestion = Static<typeof ConformancePersonsQuestion>

export const ConformancePersons = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      name: Type.Union([Type.String(), Type.Null()]),
      /** When the journey opened, ISO 8601 UTC. */
      at: Type.String(),
    }),
  ),
  nextCursor: Type.Union([Type.String(), Type.Null()]),
})
export type ConformancePersons = Static<typeof ConformancePersons>
export type ConformancePerson = ConformancePersons['items'][number]
