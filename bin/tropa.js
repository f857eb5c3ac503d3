#!/usr/bin/env node
import { requireNode } from '../scripts/lib/node-version.mjs'

requireNode()
import('../scripts/lib/setup.mjs').then(async ({ setUp, runCommand }) => {
  await setUp()
  await runCommand(process.argv.slice(2))
})
