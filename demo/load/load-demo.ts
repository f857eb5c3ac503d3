import { setImmediate as nextTurn, setTimeout as passed } from 'node:timers/promises'
import { createRepeatFinder, openImportLane, waitForEffects } from '../../features/imports/server/actions.ts'
import { recordMessages } from '../../features/ingestion/server/actions.ts'
import { AppError, isAppError } from '../../kernel/errors.ts'
import type { Deps } from '../../platform/room.ts'
import type { DemoMessage } from '../messages/message-book.ts'
import { type DemoOptions, nameShop } from '../options.ts'
import { tellByMonth } from '../tell-by-month.ts'
import { addDemoAdCosts } from './demo-ad-costs.ts'
import { addDemoDecisions } from './demo-decisions.ts'
import { takeDemoLease } from './demo-lease.ts'
import { addDemoScenarios } from './demo-scenarios.ts'
import { type DemoShop, markWhole, openDemoShop } from './demo-shop.ts'

export interface DemoProgress {
  /** Persons whose history up to the month being recorded is made. */
  persons: number
  personsTotal: number
  events: number
}

export interface DemoOutcome {
  shop: { id: number; name: string }
  recorded: number
  duplicates: number
  rejected: number
  seconds: number
  /** False when people and orders are still being worked out, by this process or another. */
  hasEffects: boolean
  /** All of it was there before, so nothing was made. */
  wasWhole: boolean
}

export interface LoadOptions {
  /** The day given as the end must be that of the shop, if it is there already. */
  isEndGiven?: boolean
  signal?: AbortSignal
  onProgress?: (progress: DemoProgress) => void
}

/** Enough for one block of the store. */
const PORTION = 10_000
const EFFECTS_PATIENCE_MS = 10 * 60_000

/**
 * Makes the demo shop of these options and records its history through the same steps as any events, in a lane of its
 * own. Goes on where a killed run stopped; adds nothing to a shop that is whole; fails with `conflict` while another
 * process makes the same shop.
 */
export async function loadDemo(
  deps: Deps,
  options: DemoOptions,
  load: LoadOptions = {},
): Promise<DemoOutcome> {
  const lease = await takeDemoLease(deps.db, nameShop(options))
  const onProgress = (progress: DemoProgress) => {
    lease.report(progress)
    load.onProgress?.(progress)
  }
  const signal = load.signal ? AbortSignal.any([load.signal, lease.lost]) : lease.lost
  try {
    return await makeShop(deps, options, { ...load, signal, onProgress })
  } finally {
    await lease.release()
  }
}

async function makeShop(deps: Deps, options: DemoOptions, load: LoadOptions): Promise<DemoOutcome> {
  const began = performance.now()
  const shop = await openDemoShop(deps, options, load.isEndGiven === true)
  const { id, name, isWhole } = shop
  await addDemoScenarios(deps.db, id)
  await addDemoDecisions(deps.db, shop)
  await addDemoAdCosts(deps.db, shop)
  const nothing = { recorded: 0, duplicates: 0, rejected: 0, hasEffects: true }
  const done = isWhole ? nothing : await record(deps, shop, load)
  if (!isWhole) await markWhole(deps, shop)
  return { shop: { id, name }, ...done, seconds: (performance.now() - began) / 1_000, wasWhole: isWhole }
}

async function record(deps: Deps, shop: DemoShop, load: LoadOptions) {
  const signal = load.signal ?? new AbortController().signal
  const lane = await openImportLane(deps)
  const own = { ...deps, writer: lane.writer }
  try {
    const counts = await recordAll(own, shop, signal, load)
    return { ...counts, hasEffects: await waitForEffects(own, signal, EFFECTS_PATIENCE_MS) }
  } finally {
    await lane.close()
  }
}

/** The next portion is made while the one before is on its way to the store. */
async function recordAll(deps: Deps, shop: DemoShop, signal: AbortSignal, { onProgress }: LoadOptions) {
  const counts = { recorded: 0, duplicates: 0, rejected: 0 }
  const { options } = shop
  const findRepeats = await createRepeatFinder(deps.clickhouse, {
    shop: shop.id,
    source: shop.source,
    ownSince: null,
  })
  const send = async (messages: DemoMessage[], persons: number) => {
    await followConsumers(deps, signal)
    const { earlier } = await findRepeats(messages)
    const fresh = earlier.size === 0 ? messages : messages.filter((message) => !earlier.has(message))
    const outcome = await patiently(deps, shop, fresh, signal)
    counts.recorded += outcome.recorded
    counts.duplicates += outcome.duplicates + earlier.size
    counts.rejected += outcome.rejected.length
    onProgress?.({ persons, personsTotal: options.persons, events: counts.recorded + counts.duplicates })
  }
  let sending: Promise<void> = Promise.resolve()
  for (const { messages, persons } of tellByMonth(options, PORTION)) {
    if (signal.aborted) break
    if (messages.length > 0) {
      await sending
      sending = send(messages, persons)
      // Awaited in the next round; a failure meanwhile must not be an unhandled one.
      sending.catch(() => undefined)
    }
    await nextTurn()
  }
  await sending
  if (signal.aborted)
    throw new AppError('conflict', 'The demo shop was stopped before it was whole; run it again to go on.')
  return counts
}

/** With the portion on its way less than the consumers hold in memory; what they don't they would read from the table. */
const MOST_AHEAD = 10_000
const LOOK_EVERY_MS = 10

/** Orders and people take longer to work out than events to record: a history that waits for them is read once. */
async function followConsumers({ runner }: Deps, signal: AbortSignal): Promise<void> {
  while (!signal.aborted && runner.waitingRows() > MOST_AHEAD) await passed(LOOK_EVERY_MS)
}

const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 10_000

/** While the store is away it is asked again: the same messages are told apart and counted once. */
async function patiently(deps: Deps, { id, source }: DemoShop, messages: DemoMessage[], signal: AbortSignal) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await recordMessages(deps, { shop: id, source, messages, origin: 'import' })
    } catch (error) {
      if (signal.aborted || !isAppError(error) || error.code !== 'store_away') throw error
      await passed(wait, undefined, { signal }).catch(() => undefined)
    }
  }
}
