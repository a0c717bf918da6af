import { expect, test } from 'vitest'
import { identifierHref, readIdentifier } from './identifiers.ts'

test.each([
  ['doi', '10.1234/ABC.5', '10.1234/abc.5'],
  ['doi', 'https://doi.org/10.1234/abc', '10.1234/abc'],
  ['doi', 'doi: 10.1234/abc', '10.1234/abc'],
  ['doi', '11.1234/abc', null],
  ['doi', '10.1234/with space', null],
  ['isbn', '978-92-9268-831-8', '9789292688318'],
  ['isbn', 'ISBN 0-306-40615-2', '9780306406157'],
  ['isbn', '0-8044-2957-X', '9780804429573'],
  ['isbn', '978-92-9268-831-9', null],
  ['isbn', '12345', null],
  ['issn', '2049-3630', '2049-3630'],
  ['issn', 'issn 20493630', '2049-3630'],
  ['issn', '2049-3631', null],
  ['handle', 'https://hdl.handle.net/20.500.11788/12', '20.500.11788/12'],
  ['handle', 'no handle', null],
  ['report', ' PUB2024/007/L ', 'PUB2024/007/L'],
  ['report', 'x'.repeat(201), null],
  ['report', '  ', null],
  ['url', 'https://example.org/a b', 'https://example.org/a%20b'],
  ['url', 'javascript:alert(1)', null],
  ['url', 'example.org', null],
] as const)('%s %s is kept as %s', (scheme, text, kept) => {
  expect(readIdentifier(scheme, text)).toBe(kept)
})

test('identifiers lead where they resolve', () => {
  expect(
    (['doi', 'handle', 'url', 'isbn'] as const).map((scheme) => identifierHref({ scheme, value: '10.1/a<b' })),
  ).toEqual(['https://doi.org/10.1/a%3Cb', 'https://hdl.handle.net/10.1/a%3Cb', '10.1/a<b', null])
})
