import { expect, test } from 'vitest'
import { alignSentences, bandsOf, sentenceHash, sentencesOf, similarity } from './memory.ts'

test('a text is taken apart into its sentences, without the marks of its lines', () => {
  const text = '## Objectives\n\n- Return in dignity. Reintegration too!\n1. Dr. Who?\n> Quoted\n\n---'
  expect(sentencesOf(text, 'en')).toEqual([
    'Objectives',
    'Return in dignity.',
    'Reintegration too!',
    'Dr.',
    'Who?',
    'Quoted',
    '---',
  ])
  expect(sentencesOf('هل عاد؟ نعم. عاد.', 'ar')).toEqual(['هل عاد؟', 'نعم.', 'عاد.'])
  expect(sentencesOf('他回来了。她也回来了。', 'zh')).toEqual(['他回来了。', '她也回来了。'])
})

test('sentences stand beside their translations as far as both have the same build', () => {
  const source = { lang: 'en', body: '- One. Two.\n- Three.\n- Three.' }
  const french = { lang: 'fr', body: '- Un. Deux.\n- Trois.\n- Trois bis.' }
  const spanish = { lang: 'es', body: '- Uno y dos.\n- Tres.\n- Tres.' }
  const arabic = { lang: 'ar', body: 'واحد' }
  expect(alignSentences(source, [french, spanish, arabic])).toEqual([
    { source: 'One.', translations: { fr: 'Un.' } },
    { source: 'Two.', translations: { fr: 'Deux.' } },
    { source: 'Three.', translations: { fr: 'Trois.', es: 'Tres.' } },
    { source: 'One. Two.', translations: { es: 'Uno y dos.' } },
  ])
  const long = { lang: 'en', body: `${'a '.repeat(400)}.` }
  expect(alignSentences(long, [{ lang: 'fr', body: 'b.' }])).toEqual([])
})

test('capitals, accents and marks do not make another sentence', () => {
  expect(sentenceHash('La réintégration durable !', 'fr')).toBe(sentenceHash('la reintegration DURABLE', 'fr'))
  expect(sentenceHash('العَوْدَة', 'ar')).toBe(sentenceHash('العودة', 'ar'))
})

test('how alike two sentences are is told by their words', () => {
  expect(similarity('Return in dignity.', 'return in dignity', 'en')).toBe(1)
  expect(similarity('Return in safety and dignity', 'Return in dignity', 'en')).toBe(0.6)
  expect([similarity('', '', 'en'), similarity('a', 'b', 'en')]).toEqual([0, 0])
  expect(similarity('a '.repeat(300), 'a '.repeat(300), 'en')).toBe(0)
})

const vocabulary =
  'return reintegration programme community dignity safe voluntary support country region policy school health work family group partner state local long'.split(
    ' ',
  )

/** The same numbers for the same seed. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ;) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    yield state / 2 ** 32
  }
}

/** Whether two sentences share a band. */
function meet(one: readonly string[], other: readonly string[]): boolean {
  const bands = new Set(bandsOf(one.join(' '), 'en'))
  return bandsOf(other.join(' '), 'en').some((band) => bands.has(band))
}

test('similar sentences share a band and others hardly any', () => {
  const chance = numbers(7)
  const word = () =>
    `${vocabulary[Math.floor((chance.next().value ?? 0) * vocabulary.length)]}${Math.floor((chance.next().value ?? 0) * 20)}`
  const sentence = () => Array.from({ length: 16 }, word)
  const pairs = Array.from({ length: 200 }, sentence)
  const similar = pairs.filter((one) => meet(one, one.with(3, word()).with(11, word())))
  const others = pairs.filter((one) => meet(one, sentence()))
  expect(similar.length).toBeGreaterThan(185)
  expect(others.length).toBeLessThan(10)
  expect(bandsOf('Two words', 'en')).toEqual([])
  expect(bandsOf('One two three', 'en').every((band) => Number.isInteger(band) && Math.abs(band) <= 2 ** 31)).toBe(true)
})
