import type { Kysely } from 'kysely'
import * as records from './0001-records.ts'
import * as taxonomy from './0002-taxonomy.ts'
import * as directory from './0003-directory.ts'
import * as seminars from './0004-seminars.ts'
import * as files from './0005-files.ts'
import * as accounts from './0006-accounts.ts'
import * as desk from './0007-desk.ts'
import * as translation from './0008-translation.ts'
import * as admin from './0009-admin.ts'
import * as uploads from './0010-uploads.ts'
import * as library from './0011-library.ts'
import * as catalogueImports from './0012-catalogue-imports.ts'
import * as distinctPublications from './0013-distinct-publications.ts'
import * as nearTitles from './0014-near-titles.ts'
import * as importDecisions from './0015-import-decisions.ts'
import * as oncePublic from './0016-once-public.ts'
import * as languageCounts from './0017-language-counts.ts'
import * as onceInSeries from './0018-once-in-series.ts'
import * as recordings from './0019-recordings.ts'
import * as mediaVersions from './0020-media-versions.ts'
import * as recordingCare from './0022-recording-care.ts'
import * as chapters from './0023-chapters.ts'
import * as moments from './0024-moments.ts'
import * as search from './0025-search.ts'
import * as recordingParts from './0027-recording-parts.ts'
import * as captionSpeakers from './0028-caption-speakers.ts'
import * as cueChanges from './0029-cue-changes.ts'
import * as cutMedia from './0034-cut-media.ts'
import * as transcriptWork from './0035-transcript-work.ts'
import * as searchDocuments from './0036-search-documents.ts'
import * as searchDesk from './0038-search-desk.ts'
import * as searchNames from './0039-search-names.ts'
import * as searchWords from './0040-search-words.ts'
import * as searchUse from './0041-search-use.ts'
import * as searchPieces from './0043-search-pieces.ts'

export interface HubMigration {
  readonly name: string
  up(db: Kysely<unknown>): Promise<void>
}

/** The one ordered history. A name is for life: an entry is never edited or moved once released. */
export const migrations: readonly HubMigration[] = [
  { name: '0001-records', ...records },
  { name: '0002-taxonomy', ...taxonomy },
  { name: '0003-directory', ...directory },
  { name: '0004-seminars', ...seminars },
  { name: '0005-files', ...files },
  { name: '0006-accounts', ...accounts },
  { name: '0007-desk', ...desk },
  { name: '0008-translation', ...translation },
  { name: '0009-admin', ...admin },
  { name: '0010-uploads', ...uploads },
  { name: '0011-library', ...library },
  { name: '0012-catalogue-imports', ...catalogueImports },
  { name: '0013-distinct-publications', ...distinctPublications },
  { name: '0014-near-titles', ...nearTitles },
  { name: '0015-import-decisions', ...importDecisions },
  { name: '0016-once-public', ...oncePublic },
  { name: '0017-language-counts', ...languageCounts },
  { name: '0018-once-in-series', ...onceInSeries },
  { name: '0019-recordings', ...recordings },
  { name: '0020-media-versions', ...mediaVersions },
  { name: '0022-recording-care', ...recordingCare },
  { name: '0023-chapters', ...chapters },
  { name: '0024-moments', ...moments },
  { name: '0025-search', ...search },
  { name: '0027-recording-parts', ...recordingParts },
  { name: '0028-caption-speakers', ...captionSpeakers },
  { name: '0029-cue-changes', ...cueChanges },
  { name: '0034-cut-media', ...cutMedia },
  { name: '0035-transcript-work', ...transcriptWork },
  { name: '0036-search-documents', ...searchDocuments },
  { name: '0038-search-desk', ...searchDesk },
  { name: '0039-search-names', ...searchNames },
  { name: '0040-search-words', ...searchWords },
  { name: '0041-search-use', ...searchUse },
  { name: '0043-search-pieces', ...searchPieces },
]
