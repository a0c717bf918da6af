import type { CheckLine, Checked, DeskKind, Fact } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { checkPlace, seriesPlace } from '#features/series/index.ts'
import { renderPage } from '#ui/index.ts'
import { publicationTypes } from './domain.ts'
import { identifierLine, readIdentifierLine } from './identifier-lines.ts'
import { readPublication, type LibraryDeps } from './reading.ts'
import {
  checkPublication,
  countParts,
  listPublicationsWith,
  readPublicationFacts,
  writePublicationFacts,
} from './store-desk.ts'
import { PublicationPage } from './views/publication-page.tsx'

const facts: readonly Fact[] = [
  {
    name: 'types',
    type: 'choices',
    label: 'publication.type',
    help: 'desk.help.types',
    choices: publicationTypes.map((value) => ({ value, label: `publicationType.${value}` as const })),
  },
  { name: 'issued', type: 'period', label: 'publication.issued', help: 'desk.help.issued' },
  {
    name: 'identifiers',
    type: 'lines',
    label: 'publication.identifiers',
    help: 'desk.help.identifiers',
    pattern: /./,
    readLine: (line) => {
      const read = readIdentifierLine(line)
      return 'message' in read ? read : identifierLine(read)
    },
  },
  ...seriesPlace,
  { name: 'partOf', type: 'links', relation: 'part_of', kinds: ['publication'], label: 'publication.partOf' },
  {
    name: 'related',
    type: 'links',
    relation: 'related',
    kinds: ['seminar', 'session', 'programme', 'publication'],
    label: 'desk.fact.related',
    help: 'desk.help.related',
  },
  { name: 'concepts', type: 'concepts', kinds: ['concept'], label: 'seminar.themes' },
  { name: 'places', type: 'places', role: 'covers', label: 'seminar.places', help: 'desk.help.publicationPlaces' },
  { name: 'funding', type: 'links', relation: 'funded_by', kinds: ['funding'], label: 'funding.title' },
]

function publication(deps: LibraryDeps): DeskKind {
  return {
    kind: 'publication',
    label: 'translation.kind.publication',
    plural: 'desk.plural.publication',
    texts: {
      title: { label: 'translation.field.title' },
      subtitle: { label: 'translation.field.subtitle' },
      summary: { label: 'publication.abstract', help: 'desk.help.summary' },
    },
    facts,
    screens: [
      { path: 'contributors', label: 'desk.contributors' },
      { path: 'editions', label: 'desk.editions' },
    ],
    readFacts: readPublicationFacts,
    writeFacts: writePublicationFacts,
    check: checkPlace,
    checkStored: checkPublication,
    offers: listPublicationsWith,
    beforePublish: listMissing,
    drawPreview: async ({ id, reader, context, notice }) => {
      const found = await readPublication(deps, reader, id)
      return found && renderPage(<PublicationPage context={context} publication={found} notice={notice} />)
    },
  }
}

/** What a reader or a librarian would miss. */
async function listMissing(db: RecordDb, { id, facts: has, written }: Checked): Promise<CheckLine[]> {
  const { files, authors } = await countParts(db, id)
  const isEmpty = (name: string) => (has[name] ?? []).length === 0
  const lines: readonly (false | readonly [message: CheckLine['message'], at: string])[] = [
    !written.has('summary') && ['desk.check.abstract', ''],
    files === 0 && ['desk.check.files', 'editions'],
    authors === 0 && ['desk.check.authors', 'contributors'],
    isEmpty('types') && ['desk.check.types', ''],
    isEmpty('issued') && ['desk.check.issued', ''],
    isEmpty('concepts') && ['desk.check.concepts', ''],
    isEmpty('funding') && ['desk.check.funding', ''],
  ]
  return lines.flatMap((line): CheckLine[] =>
    line === false ? [] : [{ level: 'should', message: line[0], at: line[1] }],
  )
}

/** What the desk knows of the library. */
export function libraryKinds(deps: LibraryDeps): readonly DeskKind[] {
  return [publication(deps)]
}
