import { afterAll, expect, test } from 'vitest'
import { createPdfCompiler, documentFontFiles, PdfError } from './index.ts'

const compiler = createPdfCompiler({ fonts: documentFontFiles(), timeLimit: 4000, memoryLimit: 400 * 1024 * 1024 })
afterAll(compiler.stop)

const source = `#let data = json(bytes(sys.inputs.data))
#set document(title: data.title, date: none)
#set text(font: ("Noto Sans", "Noto Naskh Arabic"), lang: "en")
= #data.title`

function head(pdf: Uint8Array): string {
  return Buffer.from(pdf.subarray(0, 8)).toString('latin1')
}

test('the same source and data give the same bytes, in another process too', async () => {
  const first = await compiler.compile(source, { title: 'Agenda جدول' })
  compiler.stop()
  const second = await compiler.compile(source, { title: 'Agenda جدول' })

  expect(head(first)).toBe('%PDF-1.7')
  expect(Buffer.compare(first, second)).toBe(0)
})

test('data is never read as source', async () => {
  const hostile = { title: '#panic("no") *bold* $x$ #read("/etc/passwd") "\\' }

  expect(head(await compiler.compile(source, hostile))).toBe('%PDF-1.7')
})

test.each([
  ['is wrong', '#nothing()', /could not be made: .*unknown variable: nothing/],
  ['reads a file of the machine', '#read("/etc/passwd")', /could not be made/],
  ['takes too long', '#for i in range(100000) { for j in range(100000) { [] } }', /took more than/],
  ['takes too much memory', '#let many = range(20000000).map(i => "text " + str(i))', /took more than/],
])('a document that %s fails alone', async (_, bad, reason) => {
  const failing = compiler.compile(`#set document(title: "x")\n${bad}`, {})
  const next = compiler.compile(source, { title: 'Next' })

  await expect(failing).rejects.toThrow(reason)
  await expect(failing).rejects.toBeInstanceOf(PdfError)
  expect(head(await next)).toBe('%PDF-1.7')
})

test('more documents than can wait are refused at once', async () => {
  const asked = Array.from({ length: 30 }, async () => compiler.compile(source, { title: 'One of many' }))
  const results = await Promise.allSettled(asked)

  expect(results.filter((result) => result.status === 'fulfilled').length).toBe(20)
})
