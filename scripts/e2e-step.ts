import type { Step } from './steps.ts'

/** Journeys in a real browser, with and without script; the set-up installs Chromium where there is none. */
export const browserTests: Step = {
  name: 'browser',
  command: 'vitest',
  args: ['run', '--config', 'vitest.e2e.config.ts'],
  counted: true,
}
