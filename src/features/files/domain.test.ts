import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { cleanFileName, contentDisposition, fileHref, filePolicy, fileRef, readFileRef } from './domain.ts'

const names: [given: string, kept: string][] = [
  ['agenda.pdf', 'agenda.pdf'],
  ['جدول الأعمال.pdf', 'جدول الأعمال.pdf'],
  ['../../etc/passwd', 'passwd'],
  ['C:\\Users\\me\\agenda.pdf', 'agenda.pdf'],
  ['a\r\nset-cookie: x=1.pdf', 'aset-cookie_ x=1.pdf'],
  ['\u202Efdp.exe', 'fdp.exe'],
  ['.htaccess', 'htaccess'],
  ['what?  is "this".pdf ', 'what_ is _this_.pdf'],
  [`${'x'.repeat(300)}.pdf`, `${'x'.repeat(76)}.pdf`],
  ['ع'.repeat(300), 'ع'.repeat(80)],
  ['e\u0301te\u0301.txt', 'été.txt'],
  ['a\ud800b.txt', 'a\ufffdb.txt'],
  ['..', 'file'],
  ['', 'file'],
  ['a/', 'file'],
]

test.each(names)('%j is kept as %j', (given, kept) => {
  expect(cleanFileName(given)).toBe(kept)
})

test('whatever a file was called, its name is one, stays as it is, and fits a header and an address', () => {
  assert(
    property(string({ unit: 'binary', maxLength: 400 }), (given) => {
      const name = cleanFileName(given)
      expect(name).not.toMatch(/^\.|[\p{Cc}/\\]|^$/u)
      expect(cleanFileName(name)).toBe(name)
      expect(Array.from(name).length).toBeLessThanOrEqual(80)
      expect(contentDisposition(name, true)).toMatch(
        /^inline; filename="[\x20-\x7e]*"(; filename\*=UTF-8''[\w.~!%-]+)?$/,
      )
      expect(decodeURIComponent(fileHref('ab', name).slice('/files/ab/'.length))).toBe(name)
    }),
  )
})

test('a browser is told to show or to save, in letters that headers may have', () => {
  expect(contentDisposition('a.pdf', true)).toBe('inline; filename="a.pdf"')
  expect(contentDisposition('a.zip', false)).toBe('attachment; filename="a.zip"')
  expect(contentDisposition('100 %.pdf', true)).toBe(`inline; filename="100 _.pdf"; filename*=UTF-8''100%20%25.pdf`)
  expect(contentDisposition("l'été (1).pdf", false)).toBe(
    `attachment; filename="l'_t_ (1).pdf"; filename*=UTF-8''l%27%C3%A9t%C3%A9%20%281%29.pdf`,
  )
})

test('what a browser shows may do nothing else', () => {
  expect(filePolicy('application/octet-stream')).toBe("default-src 'none'; sandbox")
  expect(filePolicy('text/plain; charset=utf-8')).toBe("default-src 'none'; sandbox")
  expect(filePolicy('video/mp4')).toBe(
    "default-src 'none'; style-src 'unsafe-inline'; media-src 'self'; sandbox allow-same-origin",
  )
  expect(filePolicy('image/png')).toBe("default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; sandbox")
  expect(filePolicy('application/pdf')).toBe("default-src 'none'; style-src 'unsafe-inline'")
})

test('a reference is a line that reads back as it was written, and nothing else is one', () => {
  const ref = { sha256: '0a'.repeat(32), name: 'جدول الأعمال (1).pdf' }
  expect(readFileRef(fileRef(ref))).toEqual(ref)
  const others = ['', 'x', ref.sha256, `${ref.sha256} `, `${ref.sha256.toUpperCase()} a.pdf`, `a ${fileRef(ref)}`]
  expect(others.map(readFileRef)).toEqual(others.map(() => null))
  expect(readFileRef(`${ref.sha256} a\nb`)).toBe(null)
})
