import { expect, test } from 'vitest'
import { openHub } from '#testing/hub.ts'

test('the seminar of December 2021 and knowledge paper 2 show each other', async () => {
  await using hub = await openHub({ seeded: true })
  const seminar = await (await hub.get('/en/seminars/sustainable-development-and-reintegration-2021')).text()
  const href = /href="(\/en\/library\/[^"]*knowledge-paper[^"]*)"/.exec(seminar)?.[1] ?? ''
  const page = await hub.get(href)
  expect(page.status).toBe(200)
  const paper = await page.text()
  expect(paper).toContain('href="/en/seminars/sustainable-development-and-reintegration-2021"')
  expect(paper).toContain('EU-IOM Knowledge Management Hub')
  expect(paper).toMatch(/hreflang="ar" type="application\/pdf"/)
})
