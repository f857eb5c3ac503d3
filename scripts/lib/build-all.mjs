import { existsSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { withBuildLock } from './build-lock.mjs'
import { database, engines, server, stopBundler, tracker, web } from './parts.mjs'
import { fingerprint, isFresh, writeStamp } from './stale.mjs'

/**
 * Builds what is stale, side by side. The empty database is left out where it won't be needed; a stale one is removed,
 * because it belongs to another version of the engine.
 */
export async function buildAll(root, { withDatabase = true } = {}) {
  if (!withDatabase && !isPartFresh(root, database)) removeOutput(root, database)
  await build(root, [web, engines, server, tracker, ...(withDatabase ? [database] : [])])
}

/** Builds what most tests need: the engines, an empty database and the browser script. */
export function buildForTests(root) {
  return build(root, [engines, database, tracker])
}

/** Builds what a whole server without its pages needs. */
export function buildServer(root) {
  return build(root, [engines, database, server, tracker])
}

async function build(root, parts) {
  // Where all is fresh nothing is written: the folder may belong to another user.
  if (parts.every((part) => isPartFresh(root, part))) return
  await withBuildLock(root, async () => {
    const stale = parts.filter((part) => !isPartFresh(root, part))
    const results = await Promise.allSettled(stale.map((part) => buildPart(root, part)))
    await stopBundler()
    const failed = results.find((result) => result.status === 'rejected')
    if (failed) throw failed.reason
  })
}

async function buildPart(root, part) {
  // Taken before the build, so that an edit during it is not missed.
  const value = fingerprint(root, part.sources(root))
  rmSync(stampOf(root, part), { force: true })
  await part.build(root)
  writeStamp(stampOf(root, part), value)
}

function isPartFresh(root, part) {
  return (
    existsSync(join(root, part.output)) && isFresh(stampOf(root, part), fingerprint(root, part.sources(root)))
  )
}

function removeOutput(root, part) {
  rmSync(dirname(join(root, part.output)), { recursive: true, force: true })
}

function stampOf(root, { name }) {
  return join(root, 'dist', `.${name}-stamp`)
}
