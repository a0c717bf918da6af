import { defineConfig } from 'vitest/config'

export default defineConfig({
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  test: {
    include: ['src/**/*.test.{ts,tsx}', 'scripts/**/*.test.ts'],
    globalSetup: ['src/testing/global-setup.ts'],
    // One database per worker thread serves all of that worker's files (src/testing/database.ts).
    isolate: false,
    maxWorkers: 2,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // How long something is waited for, not how long it may take: machines are shared.
    expect: { poll: { timeout: 20_000 } },
    coverage: {
      provider: 'v8',
      reporter: ['text-summary'],
      include: ['src/features/*/{domain,policy,phase}.ts'],
      thresholds: { branches: 100, functions: 100 },
    },
  },
})
