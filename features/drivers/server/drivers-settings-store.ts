import { eq } from 'drizzle-orm'
import { AppError } from '../../../kernel/errors.ts'
import type { Db } from '../../../platform/postgres.ts'
import type { DriversSettings } from '../contract.ts'
import { driversSettings } from './drivers-settings-table.ts'
import { normaliseName } from './units/pack-event.ts'

const MOST_ATTAINABLE = 200

/** Of a shop that has told nothing. */
export const NO_SETTINGS: DriversSettings = { margin: null, attainable: {}, facts: [] }

export async function readSettings(db: Db, shop: number): Promise<DriversSettings> {
  const [row] = await db.select().from(driversSettings).where(eq(driversSettings.shop, shop))
  return row?.settings ?? NO_SETTINGS
}

export async function writeSettings(
  db: Db,
  shop: number,
  settings: DriversSettings,
  by: string,
  now: number,
): Promise<void> {
  const changed = { settings, changedBy: by, changedAt: new Date(now) }
  await db
    .insert(driversSettings)
    .values({ shop, ...changed })
    .onConflictDoUpdate({ target: driversSettings.shop, set: changed })
}

/** Fails with `bad_request` saying what to mend, for what the schema can't tell. */
export function checkSettings(settings: DriversSettings, stages: readonly string[]): void {
  const { attainable, facts } = settings
  if (Object.keys(attainable).length > MOST_ATTAINABLE)
    throw refuse(`Shares that can be won back are kept of ${MOST_ATTAINABLE} drivers at most.`)
  const keys = facts.map(({ key }) => key)
  const twice = keys.find((key, at) => keys.indexOf(key) !== at)
  if (twice !== undefined) throw refuse(`Two facts have the key “${twice}”: each needs one of its own.`)
  for (const { name, event, property, equals, atLeast, stage } of facts) {
    // Pages without a name have an empty one: a fact of blanks would be true of them all.
    if (name.trim() === '' || normaliseName(event) === '')
      throw refuse('A fact needs a name and an event: write how your events call it.')
    if (!stages.includes(stage))
      throw refuse(
        `“${name}” stands at the stage “${stage}”, which the shop doesn’t have. Choose one of its path.`,
      )
    const hasValue = equals !== null || atLeast !== null
    if (hasValue && (property === null || property.trim() === ''))
      throw refuse(`“${name}” has a value but names no property that it is the value of.`)
    if (equals !== null && atLeast !== null)
      throw refuse(`“${name}” asks for a value and for a least number at once: keep one of them.`)
  }
}

const refuse = (message: string) => new AppError('bad_request', message)
