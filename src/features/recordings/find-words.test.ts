import { expect, test } from 'vitest'
import { foldWords, partAtWords } from './find-words.ts'

const found = (text: string, words: string) =>
  partAtWords(text, foldWords(words))
    .map((piece) => (piece.isFound ? `[${piece.text}]` : piece.text))
    .join('')

test.each([
  ['La réintégration, la Réintégration', 'REINTEGRATION', 'La [réintégration], la [Réintégration]'],
  ['e\u0301te\u0301 2026', 'été', '[e\u0301te\u0301] 2026'],
  ['إعادة الإدماج', 'الادماج', 'إعادة [الإدماج]'],
  ['كَتَبَ', 'كتب', '[كَتَبَ]'],
  ['语言学', '言', '语[言]学'],
  ['a😀b😀c', '😀', 'a[😀]b[😀]c'],
  ['nothing', 'x', 'nothing'],
  ['nothing', '  ', 'nothing'],
  ['', 'x', ''],
])('in “%s” the words “%s” are found: %s', (text, words, marked) => {
  expect(found(text, words)).toBe(marked)
})
