import { Type } from 'typebox'
import { type DemoRun, findDemoRun, startDemoRun } from '../demo/load/demo-runs.ts'
import { type DemoArgs, nameShop, readDemoOptions } from '../demo/options.ts'
import { listShops, listSources } from '../features/accounts/server/reads.ts'
import { DemoOrder, DemoState } from '../features/guide/contract.ts'
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
    app.get('/api/shops/:shop/demo', { schema }, () => describe(deps, args))
    app.post('/api/shops/:shop/demo', { schema: { ...schema, body: DemoOrder } }, async () => {
      sayIfItFails(deps, startDemoRun(deps, readDemoOptions(args, deps.now())))
      return describe(deps, args)
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

async function describe(deps: Deps, args: DemoArgs): Promise<DemoState> {
  const run = findDemoRun(deps)
  // Asked before the shop is looked up: a run that ends meanwhile is whole only for who looks after it.
  const isRunning = run !== undefined && !run.isOver
  const shop = await findDemoShop(deps, nameShop(run?.options ?? readDemoOptions(args, deps.now())))
  const { persons = 0, personsTotal = 1, events = 0 } = run?.progress ?? {}
  const made = { share: persons / personsTotal, events, shop: shop?.id ?? null }
  if (isRunning) return { state: 'running', ...made }
  if (run?.hasFailed) return { state: 'failed', ...made }
  return { state: shop?.isWhole ? 'there' : 'absent', ...made }
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
