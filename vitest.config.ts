import { defineConfig } from 'vitest/config'
import { WAITING_WORKERS, WORKERS } from './test/workers.ts'

const limits = {
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
  setupFiles: ['./test/steady-chance.ts'],
  // Where all is proven at once, on cores that others use too, a test has a second try; the log names those that took it.
  retry: process.env.CI ? 1 : 0,
}

/** Without stores, processes and memory of their own between tests: these files share a process and what it has loaded. */
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
      'platform/{text-table,feed/lane-writer}.test.ts',
      'demo/{*,load/demo-map}.test.ts',
      'test/reliability/demo-start.test.ts',
    ]
  : []

export default defineConfig({
  test: {
    globalSetup: ['./test/global-setup.ts'],
    projects: [
      {
        test: {
          ...limits,
          ...reckoning,
          name: 'pure',
          testTimeout: 60_000,
          include: pure,
          isolate: false,
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
