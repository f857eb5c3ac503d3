import { defineConfig } from 'vitest/config'
import { WORKERS } from './test/workers.ts'

const limits = {
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
  setupFiles: ['./test/steady-chance.ts'],
}

// With a PostgreSQL server at hand, what doesn't touch PostgreSQL need not be proven once more.
const untouched = process.env.TEST_DATABASE_URL
  ? [
      ...['engines/**', 'platform/engines/**', 'kernel/**', 'web/**', 'features/*/web/**', 'tracker/**'],
      ...[
        'scripts/**',
        'features/{attribution,paths,funnels,drivers,journeys}/**',
        'features/*/server/{reading,rules}/**',
      ],
      ...['demo/load/demo-map.test.ts', 'demo/{analysis,simulate,messages}/**'],
    ]
  : []

export default defineConfig({
  test: {
    maxWorkers: WORKERS,
    globalSetup: ['./test/global-setup.ts'],
    projects: [
      {
        test: {
          ...limits,
          name: 'unit',
          include: ['**/*.test.ts', '**/*.test.tsx'],
          exclude: ['**/node_modules/**', 'dist/**', 'test/browser/**', 'test/reliability/**', ...untouched],
          testTimeout: 240_000,
        },
      },
      {
        test: {
          ...limits,
          name: 'reliability',
          include: ['test/reliability/**/*.test.ts'],
          testTimeout: 300_000,
          fileParallelism: false,
        },
      },
      {
        test: {
          ...limits,
          name: 'browser',
          include: ['test/browser/**/*.test.ts'],
          testTimeout: 240_000,
        },
      },
    ],
  },
})
