import type { Driver, Estimate, Money } from '../../contract.ts'
import type { Kind, LeftOut, Refusal } from '../../vocabulary.ts'

export type LevelName = 'between' | 'missed' | 'badly'

/** What is known of each unit (a person who came, an order, an answer), by columns; all of the same length. */
export interface UnitTable {
  /** Happenings are 1 and 0. */
  outcome: Float64Array
  /** The unit's person, 0 … persons − 1; what happens to one person goes together. */
  cluster: Int32Array
  persons: number
  family: 'share' | 'value'
  predictors: Predictor[]
  controls: Control[]
  /** Money of the outcomes that came, minor units: orders' amounts with their unit; empty for values. */
  amounts: { row: Int32Array; amount: Float64Array }
}

export interface Predictor {
  key: string
  kind: Kind
  /** The place of its stage on the way; it is controlled for the stages before. */
  stageRank: number
  isChosen: boolean
  /** Something the shop does for the customer (a card in the parcel) rather than a failure. */
  isGood: boolean
  /** 1 where it is known: it was measured, or could have happened. */
  known: Float64Array
  /** Shares of a unit's readings in each level below kept; an event or `met` has the one level `missed`, 0 or 1. */
  levels: { level: LevelName; values: Float64Array }[]
  /** The key of a predictor of whose exposed these are a part (cases that were solved): where both hold, both effects do. */
  within?: string
  /** Where the plain comparison is another one: 1 against 0, NaN for whoever isn't compared. */
  naive?: Float64Array
}

export interface Control {
  name: string
  /** Places in `labels`. */
  codes: Int32Array
  labels: string[]
  /** Used in the models of this stage and of later ones. */
  stageRank: number
}

export interface EffectsOptions {
  /** Draws of the bootstrap and of orders of joining; equal seeds give equal answers. */
  seed: number
  /** None: no money is told. */
  money?: { margin: number | null; attainable: Readonly<Record<string, number>> }
  /** Without the second look by a logistic curve, which takes its time. */
  isWithoutCurves?: boolean
}

/** Of a `Driver` what the model knows; its stage, names and persons are told by whoever made the units. */
export interface FoundDriver
  extends Pick<
    Driver,
    | 'effect'
    | 'p'
    | 'q'
    | 'verdict'
    | 'naive'
    | 'isConfounded'
    | 'curve'
    | 'importance'
    | 'money'
    | 'attainable'
    | 'twin'
  > {
  /** The place in `predictors`. */
  at: number
  key: string
  /** Units for which it is known, and of them those with any reading below kept. */
  known: number
  exposed: number
  /** Of the exposed, in clusters: persons. */
  exposedPersons: number
  knownPersons: number
  levels: {
    level: LevelName
    units: number
    persons: number
    effect: Estimate | null
    /** Those of this level against those for whom all was kept; of standards alone. */
    naive: Estimate | null
  }[]
  /** For the size of a trial: the variance of the outcome that is left when all else is known. */
  residualVariance: number
  leftOut: LeftOut | null
}

export interface EffectsFound {
  units: number
  persons: number
  mean: number | null
  refusal: { reason: Refusal; n: number; needed: number | null } | null
  /** In the order of `predictors`; none where nothing could be read of them. */
  drivers: FoundDriver[]
  /** All that harms for certain, mended at once as far as it can be: by how much the outcome's mean would rise over all units, and what that brings. */
  total: { effect: Estimate; money: Money | null } | null
  r2: number | null
  /** The controls that had a part in a model. */
  controls: string[]
  /** Units that the second look by a curve was fitted to: a part drawn at random where there are very many; 0: no curve. */
  curveUnits: number
}
