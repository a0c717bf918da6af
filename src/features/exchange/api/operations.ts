import type { z } from 'zod'
import { Publication } from './publications.ts'
import {
  ConceptsQuery,
  ListQuery,
  OneQuery,
  PublicationsQuery,
  SearchQuery,
  SeminarsQuery,
  SessionsQuery,
} from './queries.ts'
import { listOf } from './schemas/answers.ts'
import { Concept, Organisation, Programme, RecordOfHub, Scheme } from './schemas/others.ts'
import { SearchAnswer } from './schemas/search.ts'
import { Seminar, SessionOfSeminar } from './schemas/seminar.ts'

/** One thing the interface answers. Routes, description and readable page are all made from this table. */
export interface Operation {
  /** Path below `/api/v1`, parameters in braces. */
  readonly path: string
  readonly id: string
  readonly summary: string
  readonly query: z.ZodObject
  readonly answer: z.ZodType
}

const SeminarList = listOf(Seminar)
const SessionList = listOf(SessionOfSeminar)
const ProgrammeList = listOf(Programme)
const OrganisationList = listOf(Organisation)
const PublicationList = listOf(Publication)
const SchemeList = listOf(Scheme)
const ConceptList = listOf(Concept)

/** Everything the interface answers, in the order in which it is described. */
export const operations = {
  seminars: {
    path: '/seminars',
    id: 'listSeminars',
    summary: 'Seminars, newest first',
    query: SeminarsQuery,
    answer: SeminarList,
  },
  seminar: { path: '/seminars/{id}', id: 'getSeminar', summary: 'A seminar', query: OneQuery, answer: Seminar },
  sessions: {
    path: '/sessions',
    id: 'listSessions',
    summary: 'Sessions of seminars',
    query: SessionsQuery,
    answer: SessionList,
  },
  session: {
    path: '/sessions/{id}',
    id: 'getSession',
    summary: 'A session',
    query: OneQuery,
    answer: SessionOfSeminar,
  },
  programmes: {
    path: '/programmes',
    id: 'listProgrammes',
    summary: 'Programmes, by name',
    query: ListQuery,
    answer: ProgrammeList,
  },
  programme: {
    path: '/programmes/{id}',
    id: 'getProgramme',
    summary: 'A programme',
    query: OneQuery,
    answer: Programme,
  },
  organisations: {
    path: '/organisations',
    id: 'listOrganisations',
    summary: 'Organisations, by name',
    query: ListQuery,
    answer: OrganisationList,
  },
  organisation: {
    path: '/organisations/{id}',
    id: 'getOrganisation',
    summary: 'An organisation',
    query: OneQuery,
    answer: Organisation,
  },
  publications: {
    path: '/publications',
    id: 'listPublications',
    summary: 'Publications of the library',
    query: PublicationsQuery,
    answer: PublicationList,
  },
  publication: {
    path: '/publications/{id}',
    id: 'getPublication',
    summary: 'A publication',
    query: OneQuery,
    answer: Publication,
  },
  schemes: { path: '/schemes', id: 'listSchemes', summary: 'Vocabularies', query: ListQuery, answer: SchemeList },
  scheme: {
    path: '/schemes/{id}',
    id: 'getScheme',
    summary: 'A vocabulary, by its id or notation',
    query: OneQuery,
    answer: Scheme,
  },
  concepts: {
    path: '/concepts',
    id: 'listConcepts',
    summary: 'Terms of the vocabularies',
    query: ConceptsQuery,
    answer: ConceptList,
  },
  concept: {
    path: '/concepts/{id}',
    id: 'getConcept',
    summary: 'A term, by its id or `scheme:notation`',
    query: OneQuery,
    answer: Concept,
  },
  search: {
    path: '/search',
    id: 'search',
    summary: 'What the hub holds about some words, best first',
    query: SearchQuery,
    answer: SearchAnswer,
  },
  record: {
    path: '/records/{id}',
    id: 'getRecord',
    summary: 'Any record, with all its texts',
    query: OneQuery,
    answer: RecordOfHub,
  },
} as const satisfies Record<string, Operation>
