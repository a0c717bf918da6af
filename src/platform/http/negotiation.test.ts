import { expect, test } from 'vitest'
import { acceptedCodings } from './accept-encoding.ts'
import { clientAddress, clientNetwork, isLocalClient } from './client-address.ts'
import { isNotModified } from './stored.ts'

const codings = [
  [undefined, ['identity']],
  ['', ['identity']],
  ['gzip, deflate, br, zstd', ['br', 'gzip', 'identity']],
  ['gzip', ['gzip', 'identity']],
  ['x-gzip', ['gzip', 'identity']],
  ['GZIP;Q=1.0', ['gzip', 'identity']],
  ['br;q=0, gzip', ['gzip', 'identity']],
  ['br;q=0.5, gzip;q=0.8', ['gzip', 'br', 'identity']],
  ['*', ['br', 'gzip', 'identity']],
  ['*;q=0', ['identity']],
  ['br;q=0, *', ['gzip', 'identity']],
  ['identity, br;q=0.5', ['identity', 'br']],
  ['identity;q=0, br', ['br']],
  ['identity;q=0', ['identity']],
  ['gzip;q=0', ['identity']],
  ['br;q=2', ['identity']],
  ['br;q=abc, gzip;q=0.001', ['gzip', 'identity']],
  ['deflate', ['identity']],
  [',,;q=1,é', ['identity']],
] as const

test.each(codings)('Accept-Encoding: %s', (header, expected) => {
  expect(acceptedCodings(header)).toEqual(expected)
})

test('If-None-Match compares weakly, and a list may name many', () => {
  const etag = 'W/"abc"'
  expect(['W/"abc"', '"abc"', '"x", W/"abc"', '*', ' * '].map((header) => isNotModified(header, etag))).toEqual(
    Array<boolean>(5).fill(true),
  )
  expect([undefined, '', 'abc', '"ab"', 'W/"abcd"', '"x,abc"'].map((header) => isNotModified(header, etag))).toEqual(
    Array<boolean>(6).fill(false),
  )
  expect(isNotModified('*', undefined)).toBe(false)
})

const aPeer = (remoteAddress: string, forwardedFor?: string) => ({
  remoteAddress,
  forwardedFor,
  isForwarded: forwardedFor !== undefined,
})

test('only entries that our own proxies have written are believed', () => {
  expect(clientAddress(aPeer('10.0.0.1', '203.0.113.7'), 0)).toBe('10.0.0.1')
  expect(clientAddress(aPeer('10.0.0.1', '1.2.3.4, 203.0.113.7'), 1)).toBe('203.0.113.7')
  expect(clientAddress(aPeer('10.0.0.1', '1.2.3.4, 203.0.113.7, 10.0.0.2'), 2)).toBe('203.0.113.7')
  expect(clientAddress(aPeer('10.0.0.1', '203.0.113.7'), 3)).toBe('203.0.113.7')
  expect(clientAddress(aPeer('10.0.0.1', 'unknown'), 1)).toBe('10.0.0.1')
  expect(clientAddress(aPeer('::ffff:10.0.0.1'), 1)).toBe('10.0.0.1')
  expect(clientAddress(aPeer('10.0.0.1', '203.0.113.7:5123'), 1)).toBe('203.0.113.7')
  expect(clientAddress(aPeer('10.0.0.1', '[2001:db8::7]:5123'), 1)).toBe('2001:db8::7')
})

test('this machine is this machine only when nobody stands between', () => {
  expect(isLocalClient(aPeer('127.0.0.1'), 0)).toBe(true)
  expect(isLocalClient(aPeer('::1'), 0)).toBe(true)
  expect(isLocalClient(aPeer('127.0.0.1', '127.0.0.1'), 0)).toBe(false)
  expect(isLocalClient(aPeer('127.0.0.1', '203.0.113.7'), 1)).toBe(false)
  expect(isLocalClient(aPeer('10.0.0.9'), 0)).toBe(false)
})

test('a household counts once, whichever of its addresses it uses', () => {
  expect(clientNetwork('203.0.113.7')).toBe('203.0.113.7')
  expect(clientNetwork('2001:db8:1:2:aaaa::1')).toBe('2001:db8:1:2::/64')
  expect(clientNetwork('2001:0db8:0001:0002::9')).toBe('2001:db8:1:2::/64')
  expect(clientNetwork('2001:db8::1')).toBe('2001:db8:0:0::/64')
  expect(clientNetwork('fe80::1%eth0')).toBe('fe80:0:0:0::/64')
})
