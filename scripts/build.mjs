import { requireNode } from './lib/node-version.mjs'

requireNode()
import('./lib/setup.mjs').then(({ setUp }) => setUp({ withDatabase: true }))
