import { expect, test } from 'vitest'
import { findMarkupFaults } from '#testing/markup.ts'
import { aPageContext } from '#testing/page-context.ts'
import { operations } from './operations.ts'
import { renderApiPage } from './page.tsx'

test('the readable page is sound HTML, without script, and names everything that can be asked', async () => {
  const page = renderApiPage(aPageContext('en', '/api/v1'))
  const missing = Object.values(operations).filter(({ path }) => !page.includes(`/api/v1${path}`))

  expect(await findMarkupFaults(page)).toEqual([])
  expect(missing).toEqual([])
  expect(page).not.toContain('<script')
})
