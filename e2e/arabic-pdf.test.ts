import { readFile } from 'node:fs/promises'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readDocument, type Block } from '#platform/documents/index.ts'
import { documentFontFiles } from '#platform/pdf/index.ts'
import { openBrowser, openPage } from './browser.ts'

let browser: Browser

beforeAll(async () => {
  browser = await openBrowser()
})
afterAll(async () => browser.close())

const title = 'الورقة المعرفية رقم 2: التنمية المستدامة'
const paragraphs = [
  'يحفظ المركز كل ملف مع لغته، ويقدّم نص صفحاته على شكل صفحات ويب صغيرة تُفتح عبر اتصال بطيء. والسؤال عنها جميعاً في أوقات مختلفة يُظهر ما يخفيه رقم واحد (انظر الصفحة 14 من تقرير IOM لعام 2021).',
  'أما النص فقد كُتب لبيان ما يفعله المركز بالملف؛ لا إله إلا الله، ولآخرين «كِتَابٌ مُهِمٌّ» [ملحق ٣] بنسبة 12,5% في الأول/ديسمبر ٢٠٢١.',
].map((text) => text.normalize('NFC'))

/** A page with fonts of its own, so that no font of the machine is asked for. */
async function markup(): Promise<string> {
  const faces = await Promise.all(
    documentFontFiles().map(async (file) => {
      const family = file.includes('Arabic') ? 'Naskh' : 'Latin'
      const weight = file.includes('Bold') ? 700 : 400
      const bytes = (await readFile(file)).toString('base64')
      return `@font-face { font-family: ${family}; font-weight: ${weight}; src: url(data:font/ttf;base64,${bytes}) }`
    }),
  )
  const style = `${faces.join('\n')} body { font: 12pt/1.8 Latin, Naskh; text-align: justify }`
  const body = paragraphs.map((text) => `<p>${text}</p>`).join('')
  return `<!doctype html><html lang="ar" dir="rtl"><head><title>${title}</title><style>${style}</style></head><body><h1>${title}</h1>${body}</body></html>`
}

test.each([true, false])('Arabic in a PDF that a browser made is read word by word (tagged: %s)', async (tagged) => {
  await using opened = await openPage(browser)
  await opened.page.setContent(await markup())
  await opened.page.evaluate(async () => document.fonts.ready.then(() => null))
  const pdf = await opened.page.pdf({ format: 'A5', tagged })
  const outcome = await readDocument({
    type: 'application/pdf',
    content: (async function* () {
      yield pdf
    })(),
  })

  const expected: Block[] = [
    { kind: 'heading', level: 1, text: title },
    ...paragraphs.map((text): Block => ({ kind: 'paragraph', text })),
  ]
  expect(outcome.ok && outcome.document.pages.map(({ blocks }) => blocks)).toEqual([expected])
  expect(outcome.ok && outcome.document.lang).toBe('ar')
})
