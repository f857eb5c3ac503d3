import { Type } from 'typebox'
import type { DemoProgress } from '../demo/load/load-demo.ts'
import { type DemoArgs, nameShop, readDemoOptions } from '../demo/options.ts'
import { listShops, listSources } from '../features/accounts/server/reads.ts'
import { DemoOrder, DemoState } from '../features/guide/contract.ts'
import type { App, Deps, Room } from '../platform/room.ts'

interface Run {
  abort: AbortController
  progress: DemoProgress | undefined
  isOver: boolean
  hasFailed: boolean
  whole: Promise<void>
}

/**
 * The demo shop at the press of a button, in the background. A room of the shell, because the simulator is none of
 * the product's rooms; `args` make a smaller shop for tests.
 */
export function createDemoRoom(args: DemoArgs = {}): Room {
  let run: Run | undefined

  function addRoutes(app: App, deps: Deps): void {
    const schema = {
      tags: ['guide'],
      params: Type.Object({ shop: Type.Integer() }),
      response: { 200: DemoState },
    }
    app.get('/api/shops/:shop/demo', { schema }, () => describe(deps, args, run))
    app.post('/api/shops/:shop/demo', { schema: { ...schema, body: DemoOrder } }, async () => {
      // One at a time, whoever asks: it is the same shop for all.
      if (run === undefined || run.isOver) run = startRun(deps, args)
      return describe(deps, args, run)
    })
  }

  return {
    name: 'demo',
    routes: addRoutes,
    async stop() {
      run?.abort.abort()
      await run?.whole
    },
  }
}

function startRun(deps: Deps, args: DemoArgs): Run {
  const run: Run = {
    abort: new AbortController(),
    progress: undefined,
    isOver: false,
    hasFailed: false,
    whole: Promise.resolve(),
  }
  run.whole = load(deps, args, run)
    .catch((error) => {
      if (run.abort.signal.aborted) return
      run.hasFailed = true
      deps.log.error({ err: error }, 'the demo shop could not be made')
    })
    .finally(() => {
      run.isOver = true
    })
  return run
}

async function load(deps: Deps, args: DemoArgs, run: Run): Promise<void> {
  // The simulator is read when it is wanted, not by every server that starts.
  const { loadDemo } = await import('../demo/load/load-demo.ts')
  await loadDemo(deps, readDemoOptions(args, deps.now()), {
    signal: run.abort.signal,
    onProgress: (progress) => {
      run.progress = progress
    },
  })
}

async function describe(deps: Deps, args: DemoArgs, run: Run | undefined): Promise<DemoState> {
  // Asked before the shop is looked up: a run that ends meanwhile is whole only for who looks after it.
  const isRunning = run !== undefined && !run.isOver
  const shop = await findDemoShop(deps, nameShop(readDemoOptions(args, deps.now())))
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
