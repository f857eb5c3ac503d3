import { defineConfig } from 'vitest/config'
import { WAITING_WORKERS, WORKERS } from './test/workers.ts'

const limits = {
  hookTimeout: 120_000,
  // Asking again at once would take from what is waited for.
  expect: { poll: { timeout: 30_000, interval: 150 } },
  setupFiles: ['./test/steady-chance.ts', './test/next-file.ts'],
  // Files of a worker follow each other in one process and share what it has loaded: loading the whole server for each
  // would take as long as many a file's tests. Whoever makes a test file leaves nothing behind in the process.
  isolate: false,
  // Where all is proven at once, on cores that others use too, a test has a second try; the log names those that took it.
  retry: process.env.CI ? 1 : 0,
}

/** Without stores and processes. */
const pure = [
  '{kernel,web}/**/*.test.{ts,tsx}',
  'features/*/web/**/*.test.{ts,tsx}',
  'features/*/server/{models,reading,linking,steps,classify}/**/*.test.ts',
  'demo/{analysis,simulate,messages}/**/*.test.ts',
]

/** Those that reckon first, two files at a time; then those that wait. */
const reckoning = { maxWorkers: WORKERS, sequence: { groupOrder: 0 } }
const waiting = { maxWorkers: WAITING_WORKERS, sequence: { groupOrder: 1 } }

// With a PostgreSQL server at hand, what doesn't touch PostgreSQL need not be proven once more.
const untouched = process.env.TEST_DATABASE_URL
  ? [
      '{engines,tracker,scripts}/**',
      'platform/{engines,http}/**',
      'server/doctor/**',
      'server/{odd-requests,web-files}.test.ts',
      'features/{channel-mix,cohorts,conformance,drivers,exposure,funnels,journeys,paths}/**',
      'features/*/server/{rules,request}/**',
      'features/*/server/olist*.test.ts',
      'features/segments/server/{compile-*,leaving,parse-definition}.test.ts',
      'features/{touchpoints/server/default-registry,ingestion/server/pipeline,ingestion/contract}.test.ts',
      // Their room has another file whose statements these repeat.
      'features/{standards/server/standards-spans,ingestion/server/ingest-routes}.test.ts',
      'features/attribution/server/{analyse-attribution,measure-models}.test.ts',
      'features/boards/server/warm-job.test.ts',
      'platform/{text-table,feed/lane-writer}.test.ts',
      'demo/{*,load/demo-map}.test.ts',
      // What the command starts is embedded whatever is at hand.
      'test/reliability/{demo-start,import-kill}.test.ts',
    ]
  : []

export default defineConfig({
  test: {
    globalSetup: ['./test/global-setup.ts'],
    // What one project has transformed the others and the next run need not.
    experimental: { fsModuleCache: true },
    projects: [
      {
        test: {
          ...limits,
          ...reckoning,
          name: 'pure',
          testTimeout: 60_000,
          include: pure,
        },
      },
      {
        test: {
          ...limits,
          ...reckoning,
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: [
            ...['**/node_modules/**', 'dist/**', 'test/browser/**', 'test/reliability/**'],
            ...pure,
            ...untouched,
          ],
          testTimeout: 240_000,
        },
      },
      {
        test: {
          ...limits,
          ...waiting,
          name: 'reliability',
          include: ['test/reliability/**/*.test.ts'],
          exclude: untouched,
          testTimeout: 300_000,
        },
      },
      {
        test: {
          ...limits,
          ...waiting,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          globalSetup: ['./test/browser/build-web.ts'],
          testTimeout: 240_000,
        },
      },
    ],
  },
})
