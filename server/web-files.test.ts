import { mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify } from 'fastify'
import { expect, it } from 'vitest'
import type { App } from '../platform/room.ts'
import { addWeb } from './web-files.ts'

/** What the page may ask, by its content policy. */
async function readConnectSources(publicUrl: string | undefined): Promise<string[]> {
  const root = await mkdtemp(join(tmpdir(), 'tropa-web-'))
  await writeFile(join(root, 'index.html'), '<!doctype html>')
  const app: App = fastify().withTypeProvider<TypeBoxTypeProvider>()
  await addWeb(app, root, publicUrl)
  const answer = await app.inject({ url: '/s/1/map' })
  await app.close()
  const policy = String(answer.headers['content-security-policy'])
  const [, sources = ''] = /connect-src ([^;]*)/.exec(policy) ?? []
  return sources.trim().split(' ')
}

it.each([
  ['https://tropa.tea.example', ["'self'", 'https://tropa.tea.example']],
  ['https://tea.example:8443/tropa', ["'self'", 'https://tea.example:8443']],
  [undefined, ["'self'"]],
  ['not an address; script-src *', ["'self'"]],
])('a page of a server at %s may ask it and nobody else', async (publicUrl, sources) => {
  expect(await readConnectSources(publicUrl)).toEqual(sources)
})
