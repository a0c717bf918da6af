import type { Step } from './steps.ts'

/** What a commit must pass: format, lint, types, boundaries, dead code, and the tests on the embedded database. */
export const checks: readonly Step[] = [
  { name: 'build', command: 'node', args: ['scripts/build.ts'] },
  { name: 'format', command: 'prettier', args: ['--check', '--log-level', 'warn', '.'], together: true },
  { name: 'lint', command: 'oxlint', args: ['--deny-warnings'], together: true },
  { name: 'types: server', command: 'tsc', args: ['-p', '.'], together: true },
  { name: 'types: browser', command: 'tsc', args: ['-p', 'src/browser'], together: true },
  { name: 'boundaries', command: 'depcruise', args: ['src', '--config', '.dependency-cruiser.mjs'], together: true },
  { name: 'dead code', command: 'knip', args: ['--no-progress'], together: true },
  { name: 'tests, embedded database', command: 'vitest', args: ['run', '--coverage'], counted: true },
]
