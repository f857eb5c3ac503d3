import { requireNode } from './lib/node-version.mjs'

requireNode()
import('./lib/setup.mjs').then(async ({ followNpm, setUp, runCommand }) => {
  followNpm()
  await setUp()
  await runCommand(['start', ...process.argv.slice(2)])
})
