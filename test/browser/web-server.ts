import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import { fastify } from 'fastify'
import type { App } from '../../platform/room.ts'
import { addWeb } from '../../server/web-files.ts'
import { getWebRoot } from './web-root.ts'

/** Serves the pages the way the product does, content policy included. There is no API behind them. */
export async function openGalleryServer(): Promise<{ url: string; close: () => Promise<void> }> {
  const app: App = fastify().withTypeProvider<TypeBoxTypeProvider>()
  await addWeb(app, getWebRoot())
  const url = await app.listen({ port: 0, host: '127.0.0.1' })
  return { url, close: () => app.close() }
}
