import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    include: ['e2e/**/*.test.ts'],
    globalSetup: ['e2e/global-setup.ts'],
    // One browser and one hub on a small machine: files take turns.
    fileParallelism: false,
    testTimeout: 60_000,
    hookTimeout: 120_000,
    // How long something is waited for, not how long it may take: machines are shared.
    expect: { poll: { timeout: 20_000 } },
  },
})
