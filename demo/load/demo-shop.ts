import { createShop, ensureSource, updateSource } from '../../features/accounts/server/actions.ts'
import { findFirstOwner, listShops, listSources } from '../../features/accounts/server/reads.ts'
import { AppError } from '../../kernel/errors.ts'
import { formatDay, parseDay } from '../../kernel/time.ts'
import type { Deps } from '../../platform/room.ts'
import { type DemoOptions, nameShop } from '../options.ts'
import { SITE, ZONE } from '../world/places.ts'

export interface DemoShop {
  id: number
  name: string
  source: number
  /** With the end that the shop was begun with: a history isn't prolonged by running the command on another day. */
  options: DemoOptions
  /** True when all of it was recorded before. */
  isWhole: boolean
}

/** The demo's source says by its name up to which day it goes and whether all of it is there. */
const SOURCE = /^Demo to (\d{4}-\d{2}-\d{2})(, not whole)?$/

/** Finds the demo shop of these options, or makes it for the first owner, there or to come. */
export async function openDemoShop(deps: Deps, options: DemoOptions, isEndGiven: boolean): Promise<DemoShop> {
  const { db } = deps
  const name = nameShop(options)
  const known = (await listShops(db)).find((shop) => shop.name === name)
  if (!known) {
    const domains = [new URL(SITE).hostname]
    const owner = await findFirstOwner(db)
    const id = await createShop(db, { name, currency: 'UAH', timeZone: ZONE, language: 'uk', domains, owner })
    return startSource(deps, { id, name, options })
  }
  const begun = await findSource(deps, known.id)
  if (!begun) return startSource(deps, { id: known.id, name, options })
  if (isEndGiven && begun.end !== options.end)
    throw new AppError(
      'conflict',
      `“${name}” is there and ends on ${formatDay(begun.end)}. Make another shop with --seed, or leave --end out.`,
    )
  return { id: known.id, name, options: { ...options, end: begun.end }, ...begun }
}

async function startSource({ db }: Deps, shop: Pick<DemoShop, 'id' | 'name' | 'options'>): Promise<DemoShop> {
  const name = `Demo to ${formatDay(shop.options.end)}, not whole`
  const source = await ensureSource(db, shop.id, { kind: 'import', name })
  return { ...shop, source, isWhole: false }
}

async function findSource({ db }: Deps, shop: number) {
  for (const { id, kind, name } of await listSources(db, shop)) {
    const match = kind === 'import' ? SOURCE.exec(name) : null
    const end = parseDay(match?.[1] ?? '')
    if (match && end !== undefined) return { source: id, end, isWhole: match[2] === undefined }
  }
  return undefined
}

export async function markWhole({ db }: Deps, { id, source, options }: DemoShop): Promise<void> {
  await updateSource(db, id, source, { name: `Demo to ${formatDay(options.end)}` })
}
