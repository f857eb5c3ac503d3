import { makeDatabase } from './postgres/initialise.ts'

// Part of the build: the empty database that first starts copy instead of making one.
await makeDatabase(process.argv[2] ?? '')
