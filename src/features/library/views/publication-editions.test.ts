import { afterAll, beforeAll, expect, test } from 'vitest'
import { handlesOf } from '#features/exchange/index.ts'
import { openHub, sayIn, type TestHub } from '#testing/hub.ts'
import { aPublication } from '#testing/publications.ts'

let hub: TestHub
beforeAll(async () => {
  hub = await openHub()
})
afterAll(async () => {
  await hub[Symbol.asyncDispose]()
})

/** Adds an edition with a file in English. */
async function addEdition(id: string, position: number, number: string | null, issued: string | null) {
  const { library } = handlesOf(hub.kysely)
  const edition = `edi_${id}_${position}`
  const none = { translation_of: null, pages: null }
  await library
    .insertInto('edition')
    .values({ id: edition, publication_id: id, position, number, lang: 'en', issued, ...none })
    .execute()
  const unknown = { file: null, name: null, type: null, bytes: null, pages: null, licence: null, synthetic: false }
  const url = `https://example.org/${position}.pdf`
  await library
    .insertInto('edition_file')
    .values({ id: `fil_${edition}`, edition_id: edition, position: 0, lang: 'en', url, ...unknown })
    .execute()
}

const listItems = (page: string) => (/<ol class="editions">.*?<\/ol>/s.exec(page)?.[0] ?? '').split('<li id="').slice(1)

test.each(['en', 'fr', 'es', 'ar', 'pt'])(
  'a page in %s says which edition takes the place of an older one',
  async (lang) => {
    const id = await aPublication(hub, { title: { [lang]: `A handbook ${lang}` } })
    await addEdition(id, 1, '1', '2020')
    await addEdition(id, 2, '2', '2022-05')
    await addEdition(id, 3, null, null)
    const page = (await hub.get(`/r/${id}`, { 'accept-language': lang })).headers.get('location')
    const editions = listItems(await (await hub.get(page ?? '')).text())
    const newer = sayIn(lang)('publication.newer')
    expect(editions.map((edition) => edition.includes(newer))).toEqual([false, true, false, false])
    const [, target] = /href="#(edition-\d+)"/.exec(editions[1] ?? '') ?? []
    expect(editions.findIndex((edition) => edition.startsWith(`${target}"`))).toBe(2)
  },
)
