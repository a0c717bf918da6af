import { handlesOf } from '#features/exchange/index.ts'
import { insertPublications, type PublicationType } from '#features/library/index.ts'
import type { NewRecord } from '#features/records/index.ts'
import type { TestHub } from './hub.ts'
import { aRecord } from './makers.ts'

export interface PublicationOptions {
  readonly title: string | Readonly<Record<string, string>>
  readonly types?: readonly PublicationType[]
  readonly issued?: string
  readonly status?: NewRecord['status']
  readonly visibility?: string
  readonly places?: readonly string[]
  readonly concepts?: readonly string[]
  readonly links?: NonNullable<NewRecord['links']>
  /** Persons or organisations of the directory. */
  readonly authors?: readonly string[]
  /** Languages of its files, which are elsewhere. */
  readonly langs?: readonly string[]
  /** Files of the hub, each in a language. */
  readonly files?: readonly {
    readonly lang: string
    readonly sha256: string
    readonly name: string
    readonly type: string
    readonly bytes: number
  }[]
}

/** A publication with one edition; published unless told otherwise. Returns its id. */
export async function aPublication(hub: TestHub, options: PublicationOptions): Promise<string> {
  const { title, status = 'published', visibility = 'public', places = [], concepts = [], links = [] } = options
  const { langs = [], files = [], authors = [] } = options
  const texts = { title: typeof title === 'string' ? { en: title } : title }
  const more = {
    status,
    visibility,
    concepts,
    links,
    places: places.map((code) => ({ code, role: 'covers' as const })),
  }
  const id = await aRecord(hub.kysely, 'publication', texts, more)
  const none = {
    file: null,
    url: null,
    name: null,
    type: null,
    bytes: null,
    pages: null,
    licence: null,
    synthetic: false,
  }
  const rows = [
    ...langs.map((lang) => ({ ...none, lang, url: `https://example.org/${id}-${lang}.pdf` })),
    ...files.map(({ sha256, ...file }) => ({ ...none, ...file, file: sha256 })),
  ]
  const edition = `edi_${id}`
  await insertPublications(handlesOf(hub.kysely).library, {
    publications: [{ id, types: [...(options.types ?? [])], issued: options.issued ?? null }],
    contributors: authors.map((agent_id, position) => ({
      publication_id: id,
      position,
      role: 'author',
      kind: agent_id.startsWith('per_') ? 'person' : 'organisation',
      agent_id,
      name: 'An author',
      given: null,
    })),
    editions: [
      {
        id: edition,
        publication_id: id,
        position: 0,
        number: null,
        lang: null,
        issued: null,
        translation_of: null,
        pages: null,
      },
    ],
    identifiers: [],
    files: rows.map((row, position) => ({ ...row, id: `fil_${id}_${position}`, edition_id: edition, position })),
  })
  return id
}
