import { describe, expect, test } from 'vitest'
import type { PhaseFacts } from './domain.ts'
import { nextPhaseChange, phaseAt } from './phase.ts'

const unknownHours: PhaseFacts = {
  startsOn: '2021-12-01',
  endsOn: '2021-12-02',
  precision: 'day',
  timeZone: 'Europe/Brussels',
  registrationOpensAt: null,
  registrationClosesAt: null,
  sessions: [],
  hasRecording: false,
}
const session = (startsAt: string | null, endsAt: string | null) => ({
  startsOn: null,
  startsAt,
  endsAt,
  minutes: null,
})

describe('a seminar whose hours are not known', () => {
  test.each([
    ['2021-11-30T22:59:59Z', 'announced', '2021-11-30T23:00:00Z'],
    ['2021-11-30T23:00:00Z', 'live', '2021-12-02T23:00:00Z'],
    ['2021-12-02T22:59:59Z', 'live', '2021-12-02T23:00:00Z'],
    ['2021-12-02T23:00:00Z', 'held', null],
  ])('at %s is %s', (now, phase, next) => {
    expect(phaseAt(unknownHours, now)).toBe(phase)
    expect(nextPhaseChange(unknownHours, now)).toBe(next)
  })

  test('is recorded once it is over and has a recording, not before', () => {
    const recorded = { ...unknownHours, hasRecording: true }
    expect(phaseAt(recorded, '2021-12-02T12:00:00Z')).toBe('live')
    expect(phaseAt(recorded, '2022-01-01T00:00:00Z')).toBe('recorded')
  })
})

test('days are those of the seminar’s own zone', () => {
  const auckland = { ...unknownHours, timeZone: 'Pacific/Auckland' }
  expect(phaseAt(auckland, '2021-11-30T11:00:00Z')).toBe('live')
  expect(phaseAt(auckland, '2021-12-02T11:00:00Z')).toBe('held')
})

test('known hours decide to the minute, breaks between sessions included', () => {
  const facts = {
    ...unknownHours,
    sessions: [
      session('2021-12-01T08:00:00.000Z', '2021-12-01T10:00:00.000Z'),
      session('2021-12-02T08:00:00.000Z', '2021-12-02T10:00:00.000Z'),
    ],
  }
  expect(phaseAt(facts, '2021-12-01T07:59:00Z')).toBe('announced')
  expect(phaseAt(facts, '2021-12-01T12:00:00Z')).toBe('live')
  expect(phaseAt(facts, '2021-12-02T10:00:00Z')).toBe('held')
  expect(nextPhaseChange(facts, '2021-12-01T12:00:00Z')).toBe('2021-12-02T10:00:00.000Z')
})

test('a session without an end leaves the day open', () => {
  const facts = { ...unknownHours, sessions: [session('2021-12-01T12:00:00.000Z', null)] }
  expect(phaseAt(facts, '2021-12-01T11:59:00Z')).toBe('announced')
  expect(phaseAt(facts, '2021-12-02T20:00:00Z')).toBe('live')
})

test('a month without days is announced until it is over', () => {
  const march = { ...unknownHours, startsOn: '2021-03-01', endsOn: '2021-03-31', precision: 'month' as const }
  expect(phaseAt(march, '2021-03-15T12:00:00Z')).toBe('announced')
  expect(phaseAt(march, '2021-03-31T22:00:00Z')).toBe('held')
})

test('registration opens and closes by its own hours', () => {
  const facts = {
    ...unknownHours,
    registrationOpensAt: '2021-11-01T08:00:00.000Z',
    registrationClosesAt: '2021-11-20T08:00:00.000Z',
  }
  expect(phaseAt(facts, '2021-10-31T08:00:00Z')).toBe('announced')
  expect(phaseAt(facts, '2021-11-01T08:00:00Z')).toBe('registration-open')
  expect(phaseAt(facts, '2021-11-20T08:00:00Z')).toBe('registration-closed')
  expect(nextPhaseChange(facts, '2021-11-01T08:00:00Z')).toBe('2021-11-20T08:00:00.000Z')
  expect(phaseAt({ ...facts, registrationClosesAt: null }, '2021-11-30T08:00:00Z')).toBe('registration-open')
})

test('a clock change moves the start of the day', () => {
  const facts = { ...unknownHours, startsOn: '2022-03-27', endsOn: '2022-03-27' }
  expect(phaseAt(facts, '2022-03-26T23:00:00Z')).toBe('live')
  expect(phaseAt(facts, '2022-03-27T21:59:59Z')).toBe('live')
  expect(phaseAt(facts, '2022-03-27T22:00:00Z')).toBe('held')
})

test('the last end counts, in whatever order the sessions come', () => {
  const late = session('2021-12-02T08:00:00.000Z', '2021-12-02T10:00:00.000Z')
  const early = session('2021-12-01T08:00:00.000Z', '2021-12-01T10:00:00.000Z')
  expect(phaseAt({ ...unknownHours, sessions: [late, early] }, '2021-12-02T09:59:00Z')).toBe('live')
  expect(phaseAt({ ...unknownHours, sessions: [early, late] }, '2021-12-02T09:59:00Z')).toBe('live')
})
