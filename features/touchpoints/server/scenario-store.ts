import { randomUUID } from 'node:crypto'
import { and, desc, eq } from 'drizzle-orm'
import { AppError, orNotFound } from '../../../kernel/errors.ts'
import { cleanText } from '../../../kernel/text.ts'
import type { Db, Tx } from '../../../platform/postgres.ts'
import type { RegistryContent, Scenario, ScenarioContent } from '../contract.ts'
import { scenarioVersions } from './touchpoints-tables.ts'

type Row = typeof scenarioVersions.$inferSelect

/** The shop's scenarios as they are now, by name. */
export async function listScenarios(db: Db, shop: number): Promise<Scenario[]> {
  const rows = await db
    .selectDistinctOn([scenarioVersions.scenario])
    .from(scenarioVersions)
    .where(eq(scenarioVersions.shop, shop))
    .orderBy(scenarioVersions.scenario, desc(scenarioVersions.version))
  return rows
    .filter(({ isRemoved }) => !isRemoved)
    .map(toScenario)
    .sort((a, b) => a.name.localeCompare(b.name))
}

export async function addScenario(
  tx: Tx,
  shop: number,
  content: ScenarioContent,
  by: string,
): Promise<Scenario> {
  const [row] = await tx
    .insert(scenarioVersions)
    .values({ shop, scenario: randomUUID(), version: 1, ...clean(content), changedBy: by })
    .returning()
  return toScenario(orNotFound(row, 'The scenario'))
}

export interface ScenarioVersion {
  shop: number
  id: string
  /** The version that the change was made on. */
  version: number
}

/**
 * Writes the next version of a scenario, or takes it away; `conflict` when somebody else was quicker. New content for one
 * that was taken away brings it back.
 */
export async function changeScenario(
  tx: Tx,
  at: ScenarioVersion,
  change: ScenarioContent | 'remove',
  by: string,
): Promise<Scenario> {
  const { shop, id, version } = at
  const known = await readNewest(tx, shop, id)
  if (known.isRemoved && change === 'remove') throw new AppError('not_found', 'The scenario was not found.')
  if (known.version !== version) throw changedMeanwhile(known.version)
  const { name, note, path } = known
  const content = change === 'remove' ? { name, note, path } : clean(change)
  const [row] = await tx
    .insert(scenarioVersions)
    .values({
      shop,
      scenario: id,
      version: version + 1,
      ...content,
      isRemoved: change === 'remove',
      changedBy: by,
    })
    .onConflictDoNothing()
    .returning()
  if (!row) throw changedMeanwhile(version + 1)
  return toScenario(row)
}

/** Stages and touchpoints that the registry doesn't have. */
export function refuseStrangers({ path }: ScenarioContent, registry: RegistryContent): void {
  const stages = new Set(registry.stages.map(({ key }) => key))
  const touchpoints = new Set(registry.touchpoints.map(({ key }) => key))
  const problems = path.flatMap((step, index) => [
    ...(stages.has(step.stage)
      ? []
      : [{ path: `/path/${index}/stage`, message: `There is no stage “${step.stage}”.` }]),
    ...step.touchpoints
      .filter((key) => !touchpoints.has(key))
      .map((key) => ({
        path: `/path/${index}/touchpoints`,
        message: `There is no touchpoint “${key}”.`,
      })),
  ])
  if (problems[0])
    throw new AppError('validation_failed', `${problems[0].path}: ${problems[0].message}`, {
      details: problems,
    })
}

async function readNewest(tx: Tx, shop: number, id: string): Promise<Row> {
  const [row] = await tx
    .select()
    .from(scenarioVersions)
    .where(and(eq(scenarioVersions.shop, shop), eq(scenarioVersions.scenario, id)))
    .orderBy(desc(scenarioVersions.version))
    .limit(1)
  return orNotFound(row, 'The scenario')
}

function changedMeanwhile(version: number): AppError {
  return new AppError('conflict', 'Somebody changed this scenario meanwhile. Open it again.', {
    details: { version },
  })
}

function clean({ name, note, path }: ScenarioContent): ScenarioContent {
  const text = cleanText(name).trim()
  if (text === '') throw new AppError('validation_failed', 'Give the scenario a name.')
  return { name: text, note: cleanText(note).trim(), path }
}

function toScenario({ scenario, version, name, note, path, changedAt, changedBy }: Row): Scenario {
  return { id: scenario, version, name, note, path, changedAt: changedAt.toISOString(), changedBy }
}
