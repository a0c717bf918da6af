import { mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { readSecret, SecretError } from './secret.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-secret-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

test('a secret is made once, long, and for the hub alone to read', () => {
  const data = join(folder, 'data')
  const made = readSecret(data, undefined)
  expect(made).toMatch(/^[\w-]{43}$/)
  expect(readSecret(data, undefined)).toBe(made)
  expect(statSync(join(data, 'secret')).mode & 0o777).toBe(0o600)
  expect(readdirSync(data)).toEqual(['secret'])
})

test('one that is given counts, and none is made', () => {
  expect(readSecret(folder, 'x'.repeat(32))).toBe('x'.repeat(32))
  expect(readdirSync(folder)).toEqual([])
})

test('a damaged one is named, not replaced: it would sign everybody out', () => {
  writeFileSync(join(folder, 'secret'), 'short\n')
  expect(() => readSecret(folder, undefined)).toThrow(SecretError)
  expect(readdirSync(folder)).toEqual(['secret'])
})
