import { withBuildLock } from './build-lock.mjs'
import { buildEngines, buildServer, stopBuilder } from './build-node.mjs'
import { buildWeb } from './build-web.mjs'

/** Builds what is stale, side by side. */
export function buildAll(root) {
  return build(root, [buildWeb, buildEngines, buildServer])
}

/** Builds the engines alone: all that most tests need. */
export function buildForTests(root) {
  return build(root, [buildEngines])
}

function build(root, parts) {
  return withBuildLock(root, async () => {
    const results = await Promise.allSettled(parts.map((part) => part(root)))
    await stopBuilder()
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  })
}
