import { only, type CheckLine, type DeskKind } from '#features/desk/index.ts'
import type { RecordDb } from '#features/records/index.ts'
import { checkConsents } from './care/consent/checks.ts'
import { languageName, type Translate } from '#platform/i18n/index.ts'
import { chapterKind } from './chapters/desk.ts'
import { trackChannels, trackKinds } from './domain.ts'
import { momentKind } from './moments/desk.ts'
import { partLine, readPart, writePart } from './parts.ts'
import {
  checkRecording,
  checkTrack,
  listKindsOfTracks,
  listPartIds,
  listTrackIds,
  listTracksWith,
  readRecordingFacts,
  readSeminarsOfRecordings,
  readSeminarsOfTracks,
  readTrackFacts,
  writeRecordingFacts,
  writeTrackFacts,
  type TrackKindRow,
} from './store-desk.ts'
import { findRecordingPlace, recordingTables } from './store.ts'

const recording: DeskKind = {
  kind: 'recording',
  label: 'translation.kind.recording',
  plural: 'desk.plural.recording',
  texts: {
    title: { label: 'translation.field.title' },
    note: { label: 'translation.field.note', help: 'desk.help.recordingNote', rows: 3 },
  },
  facts: [
    {
      name: 'seminar',
      type: 'record',
      kinds: ['seminar'],
      label: 'translation.kind.seminar',
      required: true,
      fixed: true,
    },
    {
      name: 'session',
      type: 'record',
      kinds: ['session'],
      label: 'translation.kind.session',
      help: 'desk.help.recordingSession',
    },
    {
      name: 'parts',
      type: 'lines',
      pattern: partLine,
      readLine: (line) => {
        const part = readPart(line)
        return part ? writePart(part) : { message: 'form.invalid' }
      },
      label: 'desk.fact.recordingParts',
      help: 'desk.help.recordingParts',
    },
    {
      name: 'begins',
      type: 'text',
      pattern: /^([01]\d|2[0-3]):[0-5]\d$/,
      label: 'desk.fact.recordingBegins',
      help: 'desk.help.recordingBegins',
    },
  ],
  addable: ['track', 'chapter', 'moment'],
  screens: [
    { path: 'consent', label: 'desk.consent' },
    { path: 'takedowns', label: 'takedown.title' },
  ],
  whole: { kind: 'seminar', fact: 'seminar', of: readSeminarsOfRecordings },
  parts: listPartIds,
  readFacts: readRecordingFacts,
  writeFacts: writeRecordingFacts,
  checkStored: checkRecording,
  beforePublish: async (db, { id }) => [
    ...(await checkTracks(db, id)),
    ...(await checkPlace(db, id)),
    ...(await checkRule(db, id)),
    ...(await checkConsents(db, id)),
  ],
}

async function checkTracks(db: RecordDb, id: string): Promise<CheckLine[]> {
  const tracks = await listTrackIds(db, id)
  return tracks.length > 0 ? [] : [{ level: 'should', message: 'desk.check.tracks', at: '' }]
}

/** Recordings are shown with sessions: without one, nobody would find it. */
async function checkPlace(db: RecordDb, id: string): Promise<CheckLine[]> {
  const { session = [], parts = [] } = await readRecordingFacts(db, id)
  const isPlaced = session.length > 0 || parts.length > 0
  return isPlaced ? [] : [{ level: 'must', message: 'desk.check.recordingPlace', at: '' }]
}

/** Nothing is offered of a session under the Chatham House Rule, so nothing of it is published. */
async function checkRule(db: RecordDb, id: string): Promise<CheckLine[]> {
  const place = await findRecordingPlace(recordingTables(db), id)
  return place?.isChathamHouse === true ? [{ level: 'must', message: 'desk.check.chathamHouse', at: '' }] : []
}

const track: DeskKind = {
  kind: 'track',
  label: 'translation.kind.track',
  plural: 'desk.plural.track',
  texts: { label: { label: 'translation.field.label', help: 'desk.help.trackLabel' } },
  facts: [
    {
      name: 'recording',
      type: 'record',
      kinds: ['recording'],
      label: 'translation.kind.recording',
      required: true,
      fixed: true,
    },
    {
      name: 'kind',
      type: 'select',
      label: 'desk.fact.trackKind',
      required: true,
      choices: trackKinds.map((value) => ({ value, label: `track.${value}` as const })),
    },
    { name: 'lang', type: 'language', label: 'languages.language', required: true },
    {
      name: 'channel',
      type: 'select',
      label: 'desk.fact.trackChannel',
      help: 'desk.help.trackChannel',
      choices: trackChannels.map((value) => ({ value, label: `desk.trackChannel.${value}` as const })),
    },
    {
      name: 'source',
      type: 'record',
      kinds: ['track'],
      label: 'desk.fact.trackSource',
      help: 'desk.help.trackSource',
    },
    { name: 'file', type: 'file', label: 'desk.fact.file', help: 'desk.help.trackFile', insteadOf: 'url' },
    { name: 'url', type: 'url', label: 'desk.fact.url', help: 'desk.help.url', insteadOf: 'file' },
  ],
  screens: [
    { path: 'media', label: 'desk.media' },
    { path: 'captions', label: 'desk.captions' },
    { path: 'transcript', label: 'desk.transcript' },
  ],
  whole: { kind: 'recording', fact: 'recording', of: readSeminarsOfTracks },
  readFacts: readTrackFacts,
  writeFacts: writeTrackFacts,
  offers: listTracksWith,
  check: (facts) => {
    const isFile = only(facts, 'file') !== ''
    if (isFile !== (only(facts, 'url') !== '')) return []
    return [{ fact: 'url', message: isFile ? 'desk.problem.linkAndFile' : 'desk.problem.linkOrFile' }]
  },
  checkStored: checkTrack,
}

/** The words of the interface in a language. */
type SayIn = (lang: string) => Translate

/** Tracks that nobody named are called by what they are. */
const namesOfTracks = (sayIn: SayIn) => async (db: RecordDb, ids: readonly string[], lang: string) => {
  const t = sayIn(lang)
  const name = ({ kind, lang: own }: TrackKindRow) =>
    t('desk.trackName', { kind: t(`track.${kind}`), language: languageName(own, lang) })
  return new Map((await listKindsOfTracks(db, ids)).map((one) => [one.id, name(one)]))
}

/** What the desk knows of recordings and their parts. */
export const recordingKinds = (sayIn: SayIn): readonly DeskKind[] => [
  recording,
  { ...track, unnamed: namesOfTracks(sayIn) },
  chapterKind,
  momentKind,
]
