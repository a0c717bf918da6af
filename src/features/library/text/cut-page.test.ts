import { randomBytes } from 'node:crypto'
import { brotliCompressSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { wordsOf, type Block } from '#platform/documents/index.ts'
import { cutPage } from './cut-page.ts'

const words = (blocks: readonly Block[]) => wordsOf({ number: 1, label: null, blocks }).replaceAll(/\s+/g, '')

const noise = (length: number) => randomBytes(length).toString('base64').slice(0, length)

test('a page of usual length is one part, and so is an empty one', () => {
  const paragraph: Block = { kind: 'paragraph', text: 'Returnees and their communities. '.repeat(300).trim() }
  expect(cutPage([paragraph, paragraph])).toEqual([[paragraph, paragraph]])
  expect(cutPage([])).toEqual([[]])
})

test('whatever is on a page, its parts are small when packed and together say all of it', () => {
  const pages: Block[][] = [
    [{ kind: 'paragraph', text: noise(100_000) }],
    [{ kind: 'heading', level: 1, text: noise(30_000) }],
    [{ kind: 'list', items: Array.from({ length: 500 }, () => noise(80)) }],
    [{ kind: 'list', items: [noise(40_000)] }],
    [{ kind: 'table', rows: Array.from({ length: 300 }, () => [noise(60), noise(60)]) }],
    [{ kind: 'table', rows: [[noise(20_000), noise(20_000)]] }],
    [{ kind: 'paragraph', text: '😀'.repeat(50_000) + noise(50_000) }],
    Array.from({ length: 400 }, (): Block => ({ kind: 'paragraph', text: noise(90) })),
  ]
  for (const page of pages) {
    const parts = cutPage(page)
    expect(parts.length).toBeGreaterThan(1)
    expect(words(parts.flat()) === words(page)).toBe(true)
    const sizes = parts.map((part) => brotliCompressSync(words(part)).length)
    expect(sizes.filter((size) => size > 6600)).toEqual([])
    expect(parts.flat().some((block) => 'text' in block && !block.text.isWellFormed())).toBe(false)
  }
})
