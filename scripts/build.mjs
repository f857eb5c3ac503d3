import { buildEngines, buildServer } from './lib/build-node.mjs'
import { root } from './lib/root.mjs'

await buildEngines(root)
await buildServer(root)
