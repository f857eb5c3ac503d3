import { requireNode } from './lib/node-version.mjs'

requireNode()
import('./lib/setup.mjs').then(async ({ followNpm, isFirstStart, setUp, runCommand }) => {
  followNpm()
  await setUp({ withDatabase: isFirstStart(process.argv, process.env) })
  await runCommand(['start', ...process.argv.slice(2)])
})
