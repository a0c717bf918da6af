import * as fc from 'fast-check'
import { XMLParser, XMLValidator } from 'fast-xml-parser'
import { expect, test } from 'vitest'
import { cleanText } from './text/index.ts'
import { writeXml } from './xml.ts'

const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: '@',
  trimValues: false,
  parseTagValue: false,
})

test('an element has its attributes, text and children, and what is undefined is left out', () => {
  const xml = writeXml({ a: { '@id': 'x', b: ['1', { '#text': 'two', '@lang': 'ar' }], c: undefined, d: '' } })

  expect(xml.split('\n').map((line) => line.trim())).toEqual([
    '<?xml version="1.0" encoding="UTF-8"?>',
    '<a id="x">',
    '<b>1</b>',
    '<b lang="ar">two</b>',
    '<d/>',
    '</a>',
    '',
  ])
})

test('any text is well-formed and reads back as it was, without the characters XML cannot hold', () => {
  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom(']]>', '&amp;lt;', '<!--', '"\'><x/>', '\u0000\u202E\uFFFF'),
  )
  fc.assert(
    fc.property(anything, (text) => {
      const value = `.${text}.`
      const xml = writeXml({ a: { '@b': `.${text.replace(/\s/g, ' ')}.`, c: value } })
      expect(XMLValidator.validate(xml)).toBe(true)
      const read: unknown = parser.parse(xml)
      expect(read).toMatchObject({
        a: { '@b': cleanText(`.${text.replace(/\s/g, ' ')}.`.toWellFormed()), c: cleanText(value.toWellFormed()) },
      })
    }),
    { numRuns: 300 },
  )
})
