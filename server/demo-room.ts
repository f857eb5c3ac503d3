import { Type } from 'typebox'
import { findDemoInTheMaking } from '../demo/load/demo-lease.ts'
import { type DemoRun, findDemoRun, startDemoRun } from '../demo/load/demo-runs.ts'
import type { DemoProgress } from '../demo/load/load-demo.ts'
import { type DemoArgs, nameShop, readDemoOptions } from '../demo/options.ts'
import { listShops, listSources } from '../features/accounts/server/reads.ts'
import { DemoOrder, DemoState } from '../features/guide/contract.ts'
import { getShop } from '../platform/http/access.ts'
import type { App, Deps, Room } from '../platform/room.ts'

/**
 * The demo shop at the press of a button, in the background. A room of the shell, because the simulator is none of
 * the product's rooms; `args` make a smaller shop for tests.
 */
export function createDemoRoom(args: DemoArgs = {}): Room {
  function addRoutes(app: App, deps: Deps): void {
    const schema = {
      tags: ['guide'],
      params: Type.Object({ shop: Type.Integer() }),
      response: { 200: DemoState },
    }
    app.get('/api/shops/:shop/demo', { schema }, (request) => describe(deps, args, getShop(request).id))
    app.post('/api/shops/:shop/demo', { schema: { ...schema, body: DemoOrder } }, async (request) => {
      const { id } = getShop(request)
      const state = await describe(deps, args, id)
      if (state.state === 'running') return state
      sayIfItFails(deps, startDemoRun(deps, readDemoOptions(args, deps.now())))
      return describe(deps, args, id)
    })
  }

  return {
    name: 'demo',
    routes: addRoutes,
    stop: async (deps) => findDemoRun(deps)?.stop(),
  }
}

function sayIfItFails(deps: Deps, run: DemoRun): void {
  run.whole.catch((error) => {
    if (run.hasFailed) deps.log.error({ err: error }, 'the demo shop could not be made')
  })
}

async function describe(deps: Deps, args: DemoArgs, shop: number): Promise<DemoState> {
  const run = findDemoRun(deps)
  // Asked before the shop is looked up: a run that ends meanwhile is whole only for who looks after it.
  const isRunning = run !== undefined && !run.isOver
  const name = nameShop(run?.options ?? readDemoOptions(args, deps.now()))
  const other = isRunning ? undefined : await findMadeElsewhere(deps, name, shop)
  const found = await findDemoShop(deps, other?.name ?? name)
  const { persons, personsTotal, events } = other?.progress ?? run?.progress ?? NOTHING
  const made = { share: persons / (personsTotal || 1), events, shop: found?.id ?? null }
  if (isRunning || other) return { state: 'running', ...made }
  if (run?.hasFailed) return { state: 'failed', ...made }
  return { state: found?.isWhole ? 'there' : 'absent', ...made }
}

const NOTHING: DemoProgress = { persons: 0, personsTotal: 1, events: 0 }

/** By the command line: the usual shop, or the very one that is looked at. */
async function findMadeElsewhere({ db }: Deps, name: string, shop: number) {
  const asked = (await listShops(db)).find(({ id }) => id === shop)
  return findDemoInTheMaking(db, asked ? [name, asked.name] : [name])
}

async function findDemoShop(
  { db }: Deps,
  name: string,
): Promise<{ id: number; isWhole: boolean } | undefined> {
  const shop = (await listShops(db)).find((one) => one.name === name)
  if (!shop) return undefined
  // Its source says by its name when not all of it is there.
  const isCut = (await listSources(db, shop.id)).some((source) => source.name.endsWith(', not whole'))
  return { id: shop.id, isWhole: !isCut }
}
