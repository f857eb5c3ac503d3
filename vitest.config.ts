import { defineConfig } from 'vitest/config'

const limits = {
  hookTimeout: 120_000,
  expect: { poll: { timeout: 30_000 } },
  setupFiles: ['./test/steady-chance.ts'],
  // Two cores are shared by two engines and two tests: a test that met a crowded moment is asked once more by the gate.
  retry: process.env.CI ? 1 : 0,
}

// With a PostgreSQL server at hand, what doesn't touch PostgreSQL need not be proven once more.
const untouched = process.env.TEST_DATABASE_URL
  ? [
      ...['engines/**', 'kernel/**', 'web/**', 'tracker/**', 'demo/**', 'features/*/web/**', 'scripts/**'],
      ...[
        'features/{attribution,paths,funnels,drivers,journeys}/**',
        'platform/engines/**',
        'features/touchpoints/server/{defaults,rules}/**',
      ],
    ]
  : []

export default defineConfig({
  test: {
    // Two cores are what is promised to be enough; the engines take their share of them.
    maxWorkers: 2,
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
          fileParallelism: false,
        },
      },
    ],
  },
})
