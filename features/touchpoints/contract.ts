import { type Static, Type } from 'typebox'

/** The default ten stages of the path, in their order. A shop may rename, reorder, add and switch off. */
export const DEFAULT_STAGES = [
  'need',
  'search',
  'first_look',
  'site',
  'contact',
  'order',
  'delivery',
  'receipt',
  'aftercare',
  'opinion',
] as const
export type DefaultStage = (typeof DEFAULT_STAGES)[number]

/** A key of a stage, touchpoint or measure: small Latin letters, digits and underscores. */
export const Key = Type.String({ pattern: '^[a-z][a-z0-9_]{0,39}$' })

/** A name in the shop's own words; where a language is missing the built-in name, or another language, is shown. */
export const OwnName = Type.Partial(
  Type.Object({
    ru: Type.String({ maxLength: 80 }),
    uk: Type.String({ maxLength: 80 }),
    en: Type.String({ maxLength: 80 }),
  }),
)

export const Stage = Type.Object({
  key: Key,
  /** null for a built-in stage that goes by its built-in name. */
  name: Type.Union([OwnName, Type.Null()]),
})
export type Stage = Static<typeof Stage>

/** S: from practice the product is built on. W: Core Web Vitals. G: a guess to be calibrated. O: the shop's own. */
export const StandardSource = Type.Enum(['S', 'W', 'G', 'O'])

/**
 * What good and bad mean at a touchpoint. An event of the touchpoint that has the number `properties[measure]` is
 * measured by it. `at_most`: kept up to `good`, missed beyond `bad`. `at_least`: kept from `good` on, missed below
 * `bad`. Between the two, neither. Facts that are yes or no are 1 and 0 (`at_least`, good 1, bad 1).
 */
export const Standard = Type.Object({
  measure: Key,
  direction: Type.Enum(['at_most', 'at_least']),
  good: Type.Number(),
  bad: Type.Number(),
  /** How the value is written: seconds, minutes, hours and days are all stored in the unit named. */
  unit: Type.Enum(['ms', 's', 'min', 'h', 'days', 'share', 'count', 'clicks', 'yes_no', 'score']),
  /** `each`: every measured event has its outcome. `p75`: the 75th percentile of each page template has one. */
  basis: Type.Enum(['each', 'p75']),
  source: StandardSource,
})
export type Standard = Static<typeof Standard>

export const Touchpoint = Type.Object({
  key: Key,
  /** The stage where it stands by itself. */
  stage: Key,
  /** Where it stands while an order of the person is on its way, and for 60 days after receipt; null: the same stage. */
  stageWhileOrdered: Type.Union([Key, Type.Null()]),
  stageAfterReceipt: Type.Union([Key, Type.Null()]),
  /** A key of kernel/channels.ts, for its attributes (online or offline, classic or modern, paid, owned or earned). */
  channel: Type.String(),
  name: Type.Union([OwnName, Type.Null()]),
  /**
   * `arrival` rules are asked of page views and say by which way a visit came; `moment` rules say what an event is.
   * `both`: of page views by which way they came, of everything else what it is (a newsletter's click and its opening).
   */
  claims: Type.Enum(['arrival', 'moment', 'both']),
  /** A filter of kernel/filter; null for a touchpoint that only events naming it (properties.touchpoint) belong to. */
  rule: Type.Union([Type.Unknown(), Type.Null()]),
  /** The first that an event has a value for measures it. */
  standards: Type.Array(Standard, { maxItems: 4 }),
  isOn: Type.Boolean(),
})
export type Touchpoint = Static<typeof Touchpoint>

/**
 * Everything by which a shop's events are classified. The first touchpoint of the list whose rule holds claims the
 * event, for arrivals and moments each; an event that names a touchpoint in `properties.touchpoint` is believed.
 */
export const Registry = Type.Object({
  version: Type.Integer({ minimum: 1 }),
  stages: Type.Array(Stage, { maxItems: 60 }),
  touchpoints: Type.Array(Touchpoint, { maxItems: 1_000 }),
})
export type Registry = Static<typeof Registry>

/** How a version of the registry came to be, and which touchpoints it changed. */
export const VersionOrigin = Type.Object({
  kind: Type.Enum(['published', 'restored', 'reset']),
  /** The version that was brought back. */
  of: Type.Optional(Type.Integer()),
  touchpoints: Type.Array(Type.String()),
})
export type VersionOrigin = Static<typeof VersionOrigin>

/** One step of a scenario: a stage, or some touchpoints of it of which any will do. */
export const ScenarioStep = Type.Object(
  {
    stage: Key,
    /** None: whatever touchpoint of the stage. */
    touchpoints: Type.Array(Key, { maxItems: 20 }),
    isOptional: Type.Boolean(),
  },
  { additionalProperties: false },
)
export type ScenarioStep = Static<typeof ScenarioStep>

/** What a shop may change of its registry; unknown fields are refused. */
export const RegistryContent = Type.Object(
  {
    stages: Type.Array(Type.Object(Stage.properties, { additionalProperties: false }), { maxItems: 60 }),
    touchpoints: Type.Array(Type.Object(Touchpoint.properties, { additionalProperties: false }), {
      maxItems: 1_000,
    }),
  },
  { additionalProperties: false },
)
export type RegistryContent = Static<typeof RegistryContent>

/** The version on which a change was made: it is refused when another was published meanwhile. */
const baseVersion = Type.Integer({ minimum: 1 })

export const RegistryChange = Type.Object(
  { baseVersion, ...RegistryContent.properties },
  { additionalProperties: false },
)
export type RegistryChange = Static<typeof RegistryChange>

export const VersionOnly = Type.Object({ baseVersion }, { additionalProperties: false })

/** Where a mistake in a registry is, as a JSON pointer, and what to do. */
export const RegistryProblem = Type.Object({ path: Type.String(), message: Type.String() })
export type RegistryProblem = Static<typeof RegistryProblem>

/** How far the history is on its way to the newest rules. */
export const Reclassification = Type.Object({
  state: Type.Enum(['done', 'waiting', 'running', 'stuck']),
  version: Type.Integer(),
  months: Type.Object({ done: Type.Integer(), total: Type.Integer() }),
  events: Type.Object({ done: Type.Integer(), total: Type.Integer() }),
  startedAt: Type.Union([Type.String(), Type.Null()]),
  finishedAt: Type.Union([Type.String(), Type.Null()]),
  /** Why it is stuck: `store_away`, or the month and what the store said of it. It is tried again every minute. */
  problem: Type.Union([Type.String(), Type.Null()]),
})
export type Reclassification = Static<typeof Reclassification>

export const RegistryView = Type.Object({
  version: Type.Integer(),
  /** True while the shop has never changed anything. */
  isDefault: Type.Boolean(),
  publishedAt: Type.Union([Type.String(), Type.Null()]),
  publishedBy: Type.Union([Type.String(), Type.Null()]),
  registry: Registry,
  draft: Type.Union([
    Type.Object({
      baseVersion: Type.Integer(),
      registry: Registry,
      changedAt: Type.String(),
      changedBy: Type.String(),
      /** Keys of the touchpoints (and `stages`) that differ from the version in force. */
      changed: Type.Array(Type.String()),
    }),
    Type.Null(),
  ]),
  reclassification: Reclassification,
})
export type RegistryView = Static<typeof RegistryView>

export const VersionItem = Type.Object({
  version: Type.Integer(),
  origin: VersionOrigin,
  publishedAt: Type.String(),
  publishedBy: Type.String(),
})
export type VersionItem = Static<typeof VersionItem>
export const VersionList = Type.Object({ items: Type.Array(VersionItem) })

/** Events of the last days by the touchpoint that claimed them, arrivals included; '' for those that none did. */
export const ClaimCounts = Type.Object({
  days: Type.Integer(),
  items: Type.Array(Type.Object({ key: Type.String(), events: Type.Integer() })),
})
export type ClaimCounts = Static<typeof ClaimCounts>

export const PreviewQuestion = Type.Object(
  {
    ...RegistryContent.properties,
    /** The touchpoint that is being changed. */
    key: Key,
    days: Type.Enum([7, 30]),
  },
  { additionalProperties: false },
)
export type PreviewQuestion = Static<typeof PreviewQuestion>

const Moved = Type.Array(Type.Object({ key: Type.String(), events: Type.Integer() }))

/** What a changed touchpoint would claim of the last days. Keys are '' for events that none claims. */
export const Preview = Type.Object({
  days: Type.Integer(),
  /** Events that may be claimed at all: page views for arrivals; pages, screens and tracked events for moments. */
  events: Type.Integer(),
  claimed: Type.Integer(),
  claimedNow: Type.Integer(),
  /** Whose they are now, and who would get those that it gives up. */
  from: Moved,
  to: Moved,
  /** Its rule holds for these too, but a touchpoint above it claims them. */
  hidden: Moved,
  warnings: Type.Array(Type.Enum(['claims_nothing', 'claims_everything', 'hidden_by_others'])),
  samples: Type.Array(
    Type.Object({
      at: Type.String(),
      kind: Type.String(),
      name: Type.String(),
      path: Type.String(),
      channel: Type.String(),
      from: Type.String(),
    }),
  ),
})
export type Preview = Static<typeof Preview>

export const ScenarioContent = Type.Object(
  {
    name: Type.String({ minLength: 1, maxLength: 80 }),
    note: Type.String({ maxLength: 500 }),
    path: Type.Array(ScenarioStep, { maxItems: 60 }),
  },
  { additionalProperties: false },
)
export type ScenarioContent = Static<typeof ScenarioContent>

export const Scenario = Type.Object({
  id: Type.String(),
  version: Type.Integer(),
  ...ScenarioContent.properties,
  changedAt: Type.String(),
  changedBy: Type.String(),
})
export type Scenario = Static<typeof Scenario>
export const ScenarioList = Type.Object({ items: Type.Array(Scenario) })
export const ScenarioChange = Type.Object(
  { version: Type.Integer({ minimum: 1 }), ...ScenarioContent.properties },
  { additionalProperties: false },
)
