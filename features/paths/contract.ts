import { type Static, type TSchema, Type } from 'typebox'
import { ReportMeta, reportQuestion } from '../reports/contract.ts'
import { DEPTHS, DIRECTIONS, MAX_STEPS, NODE_KINDS, PLACES, TOPS, UNITS, UNTIL } from './vocabulary.ts'

const Nullable = <T extends TSchema>(schema: T) => Type.Union([schema, Type.Null()])
const Key = Type.String({ maxLength: 80 })

const question = {
  ...reportQuestion,
  /** `journey`: all contacts until 30 days of silence. `visit`: until half an hour of it. */
  per: Type.Optional(Type.Enum([...UNITS])),
  /** What stands for a contact. */
  by: Type.Optional(Type.Enum([...NODE_KINDS])),
  /** Paths are followed to their first order, or to their last contact. */
  until: Type.Optional(Type.Enum([...UNTIL])),
  /** `each`: the same contact again is a step of its own. */
  repeats: Type.Optional(Type.Enum(['once', 'each'])),
}
export const PathsQuestion = Type.Object(question)
export type PathsQuestion = Static<typeof PathsQuestion>

const flow = {
  ...question,
  direction: Type.Optional(Type.Enum([...DIRECTIONS])),
  /** The contact where the flow begins; the beginning of paths, or looking back their end, unless told otherwise. */
  at: Type.Optional(Key),
  /** Columns of contacts. */
  depth: Type.Optional(Type.Integer({ minimum: DEPTHS.least, maximum: DEPTHS.most })),
  /** Contacts shown in a column; the rest stand together. */
  top: Type.Optional(Type.Integer({ minimum: TOPS.least, maximum: TOPS.most })),
}
export const FlowQuestion = Type.Object(flow)
export type FlowQuestion = Static<typeof FlowQuestion>

const variants = {
  ...question,
  /** Keys of contacts that must be on the path, with commas between. */
  through: Type.Optional(Type.String({ maxLength: 400 })),
}
export const VariantsQuestion = Type.Object(variants)
export type VariantsQuestion = Static<typeof VariantsQuestion>

/**
 * A share with its 95 % range. The range takes the paths of one person for one: they are alike, and someone with many
 * of them weighs no more than one person does.
 */
export const Figure = Type.Object({
  n: Type.Integer(),
  of: Type.Integer(),
  ...nullables('share', 'low', 'high'),
})
export type Figure = Static<typeof Figure>

/** A figure beside the same of the other side of a comparison. */
export const Counted = Type.Object({
  ...Figure.properties,
  other: Nullable(
    Type.Object({
      n: Type.Integer(),
      of: Type.Integer(),
      share: Type.Number(),
      /** This side's share less the other's, with its 95 % range. */
      difference: Type.Number(),
      low: Type.Number(),
      high: Type.Number(),
      /** The share of false finds among all differences of this report that look as clear as this one. */
      q: Type.Number(),
    }),
  ),
})
export type Counted = Static<typeof Counted>

function nullables<K extends string>(...keys: K[]) {
  return Object.fromEntries(keys.map((key) => [key, Nullable(Type.Number())])) as Record<
    K,
    ReturnType<typeof Nullable<ReturnType<typeof Type.Number>>>
  >
}

/** Paths that begin in the period; how they end by then. */
export const Totals = Type.Object({
  units: Type.Integer(),
  persons: Type.Integer(),
  ordered: Counted,
  left: Counted,
  open: Counted,
})
export type Totals = Static<typeof Totals>

export const FlowAnswer = Type.Object({
  meta: ReportMeta,
  totals: Totals,
  /** Of the units those that flow here, and how these end. */
  root: Type.Object({ n: Type.Integer(), ordered: Counted, open: Type.Integer() }),
  columns: Type.Array(
    Type.Array(
      Type.Object({
        /** Empty for what is no contact; `unknown` for contacts that the shop's rules don't know. */
        key: Type.String(),
        place: Type.Enum([...PLACES]),
        /** How many contacts stand together here. */
        merged: Type.Integer(),
        ...Counted.properties,
      }),
    ),
  ),
  /** From a node of a column to a node of the next one. */
  links: Type.Array(
    Type.Object({
      column: Type.Integer(),
      from: Type.Integer({ description: 'Its place in the column, from 0.' }),
      to: Type.Integer(),
      ...Counted.properties,
    }),
  ),
})
export type FlowAnswer = Static<typeof FlowAnswer>

export const VariantsAnswer = Type.Object({
  meta: ReportMeta,
  totals: Totals,
  /** Different paths, those that pass the contacts asked for, and how many units went by these. */
  distinct: Type.Integer(),
  found: Type.Integer(),
  foundUnits: Type.Integer(),
  variants: Type.Array(
    Type.Object({
      path: Type.Array(Type.String()),
      isCut: Type.Boolean({ description: `It goes on after its first ${MAX_STEPS} steps.` }),
      ...Counted.properties,
      /** Share of all units that went so or as any variant before. */
      coverage: Type.Number(),
      ordered: Counted,
      /** Minor units: first orders of these paths. */
      value: Type.Integer(),
      /** Half of them took no longer, from the first contact to the last or to the order. */
      medianSeconds: Type.Number(),
    }),
  ),
})
export type VariantsAnswer = Static<typeof VariantsAnswer>

const took = Type.Object({ quarter: Type.Number(), half: Type.Number(), most: Type.Number() })

export const StepsAnswer = Type.Object({
  meta: ReportMeta,
  totals: Totals,
  /** Contacts by how many units met them, the most first. */
  nodes: Type.Array(
    Type.Object({
      key: Type.String(),
      ...Counted.properties,
      begun: Type.Integer(),
      /** Units whose last contact it is, by how they end. */
      ended: Type.Object({ ordered: Type.Integer(), left: Type.Integer(), open: Type.Integer() }),
      /** The same contact again right after it: how often, and in how many units. */
      again: Type.Object({ times: Type.Integer(), units: Type.Integer() }),
    }),
  ),
  /** All steps from one contact to another, and how often the edges below were taken. */
  transitions: Type.Integer(),
  /** The most frequent first. Figures count units; `times`, how often it happened. */
  edges: Type.Array(
    Type.Object({
      from: Type.String(),
      to: Type.String(),
      times: Type.Integer(),
      ...Counted.properties,
      /** Seconds between the two: a quarter was quicker, half, three quarters. */
      took,
    }),
  ),
  /** There, away, and there again. */
  returns: Type.Array(
    Type.Object({ from: Type.String(), to: Type.String(), times: Type.Integer(), ...Figure.properties }),
  ),
})
export type StepsAnswer = Static<typeof StepsAnswer>

const page = {
  cursor: Type.Optional(Type.String({ maxLength: 500 })),
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 200, default: 50 })),
}

/** A node of the flow: a contact's key, `@` and its place (`@left`), or `!` and the keys of which it is none (`!cart,chat`). */
const Spot = Type.String({ maxLength: 1_200 })

export const PathPersonsQuestion = Type.Object({
  ...flow,
  ...variants,
  ...page,
  /** Whose paths: in the flow from `from` in that column (to `to` in the next)… */
  column: Type.Optional(Type.Integer({ minimum: 0, maximum: DEPTHS.most })),
  spot: Type.Optional(Spot),
  next: Type.Optional(Spot),
  /** …or of this variant, its keys with ` > ` between, ` > …` at the end of one that goes on… */
  variant: Type.Optional(Type.String({ maxLength: 5_000 })),
  /** …or of the map of steps: met, begun with, ended with `step`; followed by `step2`, or back from there. */
  line: Type.Optional(Type.Enum(['met', 'begun', 'ended', 'followed', 'returned'])),
  step: Type.Optional(Key),
  step2: Type.Optional(Key),
})
export type PathPersonsQuestion = Static<typeof PathPersonsQuestion>

export const PathPersons = Type.Object({
  items: Type.Array(
    Type.Object({
      id: Type.String(),
      /** null for a visitor of whom nothing is known. */
      name: Nullable(Type.String()),
      /** When the latest of their paths that went so began, ISO 8601 UTC. */
      at: Type.String(),
    }),
  ),
  nextCursor: Nullable(Type.String()),
})
export type PathPerson = Static<typeof PathPersons>['items'][number]
export type PathPersons = Static<typeof PathPersons>
