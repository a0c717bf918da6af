import { expect, test } from 'vitest'
import { readStatements } from './statements.ts'

const base = 'https://hub.example/vocabularies/'
const read = (text: string) => readStatements(new TextEncoder().encode(text), base)
const said = (text: string) => {
  const result = read(text)
  if (!result.ok) return result
  return result.statements.map(({ subject, predicate, object, lang, isIri }) => {
    return `${subject} ${predicate} ${isIri ? `<${object}>` : object}${lang ? `@${lang}` : ''}`
  })
}

test('Turtle and JSON-LD say the same', () => {
  const turtle = '@prefix x: <http://x/> . <#a> a x:T ; x:name "A"@en, "Â"@fr ; x:see x:b ; x:n 3 .'
  const jsonLd = JSON.stringify({
    '@context': {
      '@vocab': 'http://x/',
      p: 'http://x/',
      id: '@id',
      type: '@type',
      name: { '@container': ['@language', '@set'] },
      see: { '@type': '@id', '@container': '@set' },
    },
    '@graph': [{ id: '#a', type: 'T', name: { en: ['A'], fr: 'Â' }, see: ['p:b'], n: 3 }],
  })
  expect(said(turtle)).toEqual([
    `${base}#a http://www.w3.org/1999/02/22-rdf-syntax-ns#type <http://x/T>`,
    `${base}#a http://x/name A@en`,
    `${base}#a http://x/name Â@fr`,
    `${base}#a http://x/see <http://x/b>`,
    `${base}#a http://x/n 3`,
  ])
  expect(said(jsonLd)).toEqual(said(turtle))
})

test('JSON-LD in its long form, with nodes inside each other, is read too', () => {
  const file = [
    {
      '@context': { '@language': 'es', skos: 'http://s/', narrower: 'skos:narrower' },
      '@id': 'http://a',
      'skos:name': ['Uno', { '@value': 'One', '@language': 'en' }, { '@value': 'plain' }],
      narrower: { '@id': 'http://b', 'skos:name': 'Dos' },
    },
  ]
  expect(said(JSON.stringify(file))).toEqual([
    'http://a http://s/name Uno@es',
    'http://a http://s/name One@en',
    'http://a http://s/name plain',
    'http://b http://s/name Dos@es',
    'http://a http://s/narrower <http://b>',
  ])
})

test.each([
  ['an open text', '<a> <b> <c> .\n<a> <b> "x .\n', 2],
  ['a prefix nobody has declared', '\n\nx:a x:b x:c .\n', 3],
  ['a page of the web', '<!DOCTYPE html>\n<p>x</p>', 1],
  ['JSON that ends too soon', '{\n"@graph": [\n{"@id": "a"}', 3],
  ['JSON with a comma too many', '{\n"a": 1,\n}', 3],
])('%s is refused with its line', (_, text, line) => {
  expect(read(text)).toMatchObject({ ok: false, line })
})

test.each([
  ['a context elsewhere', { '@context': 'https://evil.example/context.jsonld', '@id': 'x' }],
  ['one among others', { '@context': [{ a: 'http://a' }, 'https://evil.example/c'], '@id': 'x' }],
  ['an imported one', { '@context': { '@import': 'https://evil.example/c' }, '@id': 'x' }],
  ['a list of numbers', [1, 2]],
])('%s is refused and never fetched', (_, file) => {
  expect(read(JSON.stringify(file))).toMatchObject({ ok: false, line: null })
})

test('nodes without end inside each other are refused', () => {
  let file: object = {}
  for (let depth = 0; depth < 5000; depth += 1) file = { 'http://x/': file }
  expect(read(JSON.stringify(file))).toMatchObject({ ok: false, why: 'nodes are too deep inside each other' })
})

test('what is not UTF-8 is refused', () => {
  expect(readStatements(new Uint8Array([0x3c, 0xff, 0xfe]), base)).toEqual({ ok: false, line: null, why: 'not UTF-8' })
})

test('names of inherited properties are names like any other', () => {
  expect(said('{"@context":{"@vocab":"http://x/"},"@id":"http://a","__proto__":"p","constructor":"c"}')).toEqual([
    'http://a http://x/__proto__ p',
    'http://a http://x/constructor c',
  ])
})
