import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import {
  DataFolderDamagedError,
  DataFolderInUseError,
  DataFolderNotWritableError,
  DataFolderVersionError,
  DataNewerThanProgramError,
} from '#platform/db/index.ts'
import { createMetrics } from '#platform/metrics.ts'
import { packageRoot } from '#platform/root.ts'
import { createProgram } from './cli/program.ts'
import { settings } from './config.ts'
import { jobNames } from './upkeep.ts'

const page = readFileSync(join(packageRoot(), 'docs/operating.md'), 'utf8')

/** The cells of the table below a heading, without its head. */
function tableBelow(heading: string, firstCell: string): string[][] {
  const section = page.split(/^#+ /m).find((part) => part.startsWith(`${heading}\n`)) ?? ''
  const rows = section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .map((line) =>
      line
        .split('|')
        .slice(1, -1)
        .map((cell) => cell.trim()),
    )
  const head = rows.findIndex(([cell]) => cell === firstCell)
  return rows.slice(head + 2)
}

const code = (text: string) => (text === '' ? '' : `\`${text}\``)

test('every setting is told of, with its default and what it does', () => {
  const told = settings.map(({ name, fallback, description }) => [code(name), code(fallback), description])
  expect(tableBelow('Settings', 'setting')).toEqual(told)
})

/** Commands that do something, by their full name, each followed by its options. */
function listOf(command: Command, before = ''): string[] {
  const name = `${before}${command.name()}`
  if (command.commands.length > 0) return command.commands.flatMap((below) => listOf(below, `${name} `))
  return [name, ...command.options.map((option) => `${name} ${option.long ?? ''}`)]
}

test('every command and option is told of, and none that there is not', () => {
  let current = ''
  const told = tableBelow('Commands', 'command').map(([command = '', option = '']) => {
    if (command !== '') current = command.replaceAll('`', '')
    return option === '' ? current : `${current} ${option.replaceAll('`', '')}`
  })
  expect(told).toEqual(createProgram().commands.flatMap((command) => listOf(command)))
})

test('every job is told of', () => {
  expect(tableBelow('Jobs', 'job').map(([name]) => name)).toEqual(Object.values(jobNames).map(code))
})

test('every metric of ours is told of', async () => {
  const metrics = createMetrics()
  metrics.watch('hub_page_cache_bytes', 'x', () => 0)
  metrics.watch('hub_page_cache_pages', 'x', () => 0)
  const { body } = await metrics.read()
  const named = [...body.matchAll(/^# TYPE (hub_\w+)/gm)].map(([, name = '']) => name)
  const told = tableBelow('Looking after it', 'metric').flatMap(([cell = '']) => cell.replaceAll('`', '').split(', '))
  expect(new Set(told)).toEqual(new Set(named))
})

const refusals = [
  new DataFolderInUseError('data', { pid: 7, startedAt: '2026-01-01T00:00:00.000Z' }),
  new DataFolderInUseError('data', undefined),
  new DataFolderNotWritableError('data', 'EROFS'),
  new DataFolderVersionError('data/pg', '17', '18'),
  new DataFolderDamagedError('data/pg', 'PG_VERSION'),
  new DataNewerThanProgramError(['0099-later']),
]

test.each(refusals)('the page says what to do about: $message', ({ message }) => {
  const rows = tableBelow('Faults', 'message').filter(([cell = '']) => {
    const parts = cell.split('…').map((part) => part.trim())
    return parts.reduce((from, part) => (from < 0 ? from : message.indexOf(part, from)), 0) >= 0
  })
  expect(rows.length).toBe(1)
})
