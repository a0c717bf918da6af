import { createInvitation } from '#features/accounts/index.ts'
import { queueMessage } from '#platform/mail/index.ts'
import { aMaterialFile } from '#testing/files.ts'
import { aRecord, aRecordedSession, aSeminar } from '#testing/makers.ts'
import type { SignedIn, TestHub } from '#testing/hub.ts'

/** What stands behind the doors, so that each leads somewhere for whoever may open it. */
export interface Furniture {
  /** A draft seminar that nobody of those who try has made. */
  readonly draft: string
  /** Another, for the doors that publish and withdraw. */
  readonly spare: string
  /** The address to try a door at: its names in braces filled in, with what is theirs for whoever has such a thing. */
  readonly pathOf: (address: string, browser: Browser, isTheirs: boolean) => Promise<string>
}

type Browser = Pick<SignedIn, 'get' | 'post'>

const lang = 'en'
const redirect = '/a-former-page'

/** Furnishes a hub with the demonstration content for those who try its doors. */
export async function furnishDoors(hub: TestHub): Promise<Furniture> {
  const draft = await aSeminar(hub.kysely, { title: { en: 'A draft' }, status: 'draft', sessions: ['09:00–10:00'] })
  const spare = await aSeminar(hub.kysely, { title: { en: 'Another draft' }, status: 'draft' })
  const holder = await aSeminar(hub.kysely, { title: { en: 'A seminar with a file' } })
  const { sha256 } = await aMaterialFile(hub, { seminar: holder, content: 'Words', name: 'words.txt' })
  await hub.kysely
    .insertInto('redirect')
    .values({ path: redirect, target: '/en', created_at: '2026-01-01T00:00:00.000Z' })
    .execute()
  const editor = await hub.as(['editor'])
  const seminar = await slugOf(hub, 'seminar')
  await aRecordedSession(hub.kysely, await idBehind(hub, seminar))
  const ofDraft = await aRecordedSession(hub.kysely, draft)
  const named = { ...(await ofPublic(hub, seminar)), ...(await ofLinks(hub, editor, draft)) }
  const paper = await aRecord(hub.kysely, 'publication', { title: { en: 'A draft paper' } }, { status: 'draft' })
  const twin = await aRecord(hub.kysely, 'publication', { title: { en: 'A draft paper' } }, { status: 'draft' })
  const { id: track } = await hub.kysely
    .selectFrom('track')
    .select('id')
    .where('recording_id', '=', ofDraft)
    .executeTakeFirstOrThrow()
  const ofPaper = { '/{l}/desk/records/{id}/contributors': paper, '/{l}/desk/records/{id}/editions': paper }
  const ofTrack = {
    '/{l}/desk/records/{id}/media': track,
    '/{l}/desk/records/{id}/captions': track,
    '/{l}/desk/records/{id}/transcript': track,
  }
  const ofRecording = {
    '/{l}/desk/records/{id}/consent': ofDraft,
    '/{l}/desk/records/{id}/takedowns': ofDraft,
    '/{l}/desk/records/{id}/takedowns/lift': ofDraft,
  }
  const spares = { '/{l}/desk/records/{id}/publish': spare, '/{l}/desk/records/{id}/withdraw': spare }
  const last: Readonly<Record<string, string>> = {
    ...named,
    ...spares,
    ...ofPaper,
    ...ofTrack,
    ...ofRecording,
    '/files/{sha256}': sha256,
    '/{l}/desk/search/tasks/{id}': 'new',
  }
  const usual = { ...values, slug: seminar, id: draft, sha256 }
  const ofEditor = await sendImport(editor)
  const uploadOfEditor = await beginUpload(editor)
  const catalogueOfEditor = await sendCatalogue(editor)
  const pathOf: Furniture['pathOf'] = async (address, browser, isTheirs) => {
    if (address === '/{l}/desk/uploads/{id}') return (isTheirs && (await beginUpload(browser))) || uploadOfEditor
    if (address === '/{l}/desk/translation/imports/{id}') return (isTheirs && (await sendImport(browser))) || ofEditor
    if (address === '/{l}/desk/import/publications/{id}') return catalogueOfEditor
    if (address === '/{l}/desk/duplicates/{one}/{other}') return `/${lang}/desk/duplicates/${paper}/${twin}`
    const own = last[address]
    const filled = own === undefined ? address : address.replace(/\{(?!l\})\w+\}/, own)
    return fill(filled, usual) + (queries[address] ?? '')
  }
  return { draft, spare, pathOf }
}

const values: Readonly<Record<string, string>> = {
  l: lang,
  number: '1',
  scheme: 'theme',
  notation: 'governance',
  code: 'ET',
  kind: 'seminar',
  into: 'ar',
  name: 'words.txt',
  textLang: 'en',
  file: 'en.vtt',
}

const queries: Readonly<Record<string, string>> = {
  '/{l}/sign-in/reset': '?token=of-nobody',
  '/{l}/desk/translation/next': '?lang=ar',
  '/{l}/desk/translation/export.xlf': '?into=ar&kind=series&what=all',
}

function fill(address: string, by: Readonly<Record<string, string>>): string {
  return address.replace(/\{(\w+)\}/g, (_, name: string) => by[name] ?? `no-${name}`)
}

/** What is behind the doors that are open to everybody. */
async function ofPublic(hub: TestHub, seminar: string): Promise<Record<string, string>> {
  return {
    '/r/{id}': await idOf(hub, 'seminar'),
    '/api/v1/seminars/{id}': await idOf(hub, 'seminar'),
    '/api/v1/sessions/{id}': await idOf(hub, 'session'),
    '/api/v1/programmes/{id}': await idOf(hub, 'programme'),
    '/api/v1/organisations/{id}': await idOf(hub, 'organisation'),
    '/api/v1/publications/{id}': await idOf(hub, 'publication'),
    '/api/v1/schemes/{id}': await idOf(hub, 'scheme'),
    '/api/v1/concepts/{id}': await idOf(hub, 'concept'),
    '/api/v1/records/{id}': await idOf(hub, 'seminar'),
    '/vocabularies/{file}': 'theme.ttl',
    '/{l}/admin/vocabularies/merge/{id}': await idOf(hub, 'concept'),
    '/{l}/library/{slug}': await slugOf(hub, 'publication'),
    '/{l}/library/{slug}/read/{textLang}': await slugOf(hub, 'publication'),
    '/{l}/series/{slug}': await slugOf(hub, 'series'),
    '/{l}/programmes/{slug}': await slugOf(hub, 'programme'),
    '/{l}/organisations/{slug}': await slugOf(hub, 'organisation'),
    '/{l}/people/{slug}': await slugOf(hub, 'person'),
    '/{l}/seminars/{file}': `${seminar}.ics`,
    '/{l}/library/{file}': 'export.csv',
  }
}

/** Links that were sent to somebody: whoever has one may use it. */
async function ofLinks(hub: TestHub, editor: Browser, draft: string): Promise<Record<string, string>> {
  const made = await (await editor.post(`/en/desk/records/${draft}/preview`, { days: '7' })).text()
  const { actor } = await hub.as(['admin'])
  await createInvitation(hub.accountDeps, actor, { email: 'new@hub.example', lang, grants: [] })
  const mail = (await hub.mails()).at(-1)?.body ?? ''
  const administration = await ofAdministration(hub)
  return {
    ...administration,
    '/{l}/preview/{token}': /\/en\/preview\/([\w-]+)/.exec(made)?.[1] ?? 'none',
    '/{l}/invitation/{token}': /\/invitation\/([\w-]+)/.exec(mail)?.[1] ?? 'none',
  }
}

/** Somebody with an account, somebody invited, and what was written to them. */
async function ofAdministration(hub: TestHub): Promise<Record<string, string>> {
  const [{ actor }, { actor: member }] = [await hub.as(['admin']), await hub.as(['member'])]
  const request = { email: 'invited@hub.example', lang, grants: [] }
  const invited = await createInvitation(hub.accountDeps, actor, request)
  const invitation = invited.ok ? invited.id : 'none'
  const mail = hub.kysely.$pickTables<'mail'>()
  const message = { kind: 'test', to: { address: 'a@hub.example' }, lang, subject: 'A', body: 'A' }
  const write = async () => queueMessage(mail, message, '2026-11-24T08:00:00.000Z')
  const [kept, spare] = [await write(), await write()]
  const person = '/{l}/admin/people/{id}'
  return {
    [person]: member.id,
    ...Object.fromEntries(
      ['roles', 'suspend', 'resume', 'end-visits', 'second-factor', 'erase'].map((deed) => [
        `${person}/${deed}`,
        member.id,
      ]),
    ),
    '/{l}/admin/people/invitations/{id}/resend': invitation,
    '/{l}/admin/people/invitations/{id}/revoke': invitation,
    '/{l}/admin/outbox/{id}': kept,
    '/{l}/admin/outbox/{id}/retry': kept,
    '/{l}/admin/outbox/{id}/delete': spare,
  }
}

/** What some doors must be sent to be doors at all. */
export const sentThrough: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '/{l}/account/visits': { visit: 'of nobody' },
  '/{l}/admin/redirects/remove': { path: redirect },
}

/** Begins to send a file in parts, and gives the address where it goes on. */
async function beginUpload(browser: Browser): Promise<string> {
  const headers = { 'tus-resumable': '1.0.0', 'upload-length': '5' }
  return (await browser.post('/en/desk/uploads', {}, headers)).headers.get('location') ?? ''
}

/** Sends a catalogue to the desk, and gives the address at which it can be looked at. */
async function sendCatalogue(browser: Browser): Promise<string> {
  const form = new FormData()
  form.set('file', new File(['title\nA work'], 'works.csv'))
  return (await browser.post('/en/desk/import/publications', form)).headers.get('location') ?? ''
}

/** Sends a file of translations to the desk, and gives the address at which it can be looked over. */
async function sendImport(browser: Browser): Promise<string> {
  const xliff = await (await browser.get('/en/desk/translation/export.xlf?into=ar&kind=series&what=all')).text()
  const form = new FormData()
  form.set('file', new File([xliff], 'back.xlf'))
  return (await browser.post('/en/desk/translation/exchange', form)).headers.get('location') ?? ''
}

async function idOf(
  hub: TestHub,
  kind: 'seminar' | 'session' | 'programme' | 'organisation' | 'publication' | 'scheme' | 'concept',
) {
  const query = hub.kysely.selectFrom('record').select('id').where('kind', '=', kind).where('status', '=', 'published')
  return (await query.where('synthetic', '=', false).orderBy('id').executeTakeFirstOrThrow()).id
}

async function idBehind(hub: TestHub, slug: string): Promise<string> {
  const query = hub.kysely.selectFrom('record_slug').select('record_id').where('kind', '=', 'seminar')
  return (await query.where('slug', '=', slug).executeTakeFirstOrThrow()).record_id
}

async function slugOf(
  hub: TestHub,
  kind: 'seminar' | 'publication' | 'series' | 'programme' | 'organisation' | 'person',
) {
  const query = hub.kysely
    .selectFrom('record_slug')
    .innerJoin('record', 'record.id', 'record_slug.record_id')
    .select('slug')
    .where('record.kind', '=', kind)
    .where('status', '=', 'published')
    .where('lang', '=', lang)
    .where('current', '=', true)
  // The seminar that has sessions: the one of December 2021; and the paper it is based on, which has files.
  const rows = await query.orderBy('slug', 'desc').execute()
  return (
    rows.find(({ slug }) => slug.endsWith('2021') || slug.startsWith('knowledge-paper-no-2'))?.slug ??
    rows[0]?.slug ??
    'none'
  )
}
