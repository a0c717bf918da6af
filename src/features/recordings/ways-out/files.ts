import type { Seminar, Session, PageCall } from '#features/seminars/index.ts'
import { onSession } from '#features/seminars/index.ts'
import { NotFoundError } from '#platform/errors.ts'
import type { Translate } from '#platform/i18n/index.ts'
import type { PdfCompiler } from '#platform/pdf/index.ts'
import { formatDay } from '#platform/time.ts'
import { sliceCues, writeSrt, writeText, writeVtt, type Cue, type TranscriptPaper } from '../captions/index.ts'
import type { Chapter } from '../chapters/domain.ts'
import { readChapters } from '../chapters/reading.ts'
import type { Recording, Track } from '../domain.ts'
import { listSessionRecordings, type RecordingDeps } from '../reading.ts'
import { listCues } from '../store-cues.ts'
import { chooseCaptions } from '../transcript.ts'
import { chaptersJson, chaptersVtt } from './write-chapters.ts'

const types: Readonly<Record<string, string>> = {
  vtt: 'text/vtt; charset=utf-8',
  srt: 'application/x-subrip; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  docx: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document',
  pdf: 'application/pdf',
  json: 'application/json+chapters',
}

interface Found {
  readonly seminar: Seminar
  readonly session: Session
  readonly recording: Recording
  readonly track: Track
}

/**
 * The captions of a session in a language: WebVTT, SRT, text with times, and for paper Word and PDF; all of them, or with `?chapter=3` a
 * chapter by its number in the list. Times stay those of the recording, so that what is cited from a part holds for the whole.
 */
export async function captionFile(deps: RecordingDeps, pdf: PdfCompiler, c: PageCall, file: string): Promise<Response> {
  const [lang = '', ending = ''] = file.split('.')
  preferLanguage(c, lang)
  return onSession(deps, c, `/captions/${file}${new URL(c.req.url).search}`, async ({ seminar, session }) => {
    const recordings = await recordingsAsked(deps, c, session)
    const found = recordings
      .map((recording) => ({ recording, track: chooseCaptions(recording, [], lang) }))
      .find(({ track }) => track?.lang === lang)
    if (!found?.track) throw new NotFoundError('captions')
    const { recording, track } = found
    const [all, chapters] = await Promise.all([
      listCues(deps.recordings, track, recording.part),
      readChapters(deps.recordings, recording, track, { seminar, session }),
    ])
    const chapter = chapterAsked(c, chapters)
    const cues = chapter ? sliceCues(all, chapter.startsAt, chapter.endsAt ?? Infinity) : all
    const place = { seminar, session, recording, track }
    const body = await writeAs(ending, cues, pdf, paperOf(c, place, chapter ? [chapter] : chapters))
    return c.body(body, 200, { 'content-type': types[ending] ?? 'text/plain' })
  })
}

/**
 * The chapters of a session as WebVTT, or as podcast players read them (JSON chapters 1.2), with titles in a language; without chapters there
 * is nothing in it.
 */
export async function chapterFile(deps: RecordingDeps, c: PageCall, file: string): Promise<Response> {
  const [lang = '', ending = ''] = file.split('.')
  preferLanguage(c, lang)
  return onSession(deps, c, `/chapters/${file}${new URL(c.req.url).search}`, async ({ seminar, session }) => {
    const [recording] = await recordingsAsked(deps, c, session)
    if (!recording) throw new NotFoundError('recording')
    const { hub } = c.var.page
    const isKnown = hub.languages.includes(lang) || recording.tracks.some((track) => track.lang === lang)
    if (!isKnown) throw new NotFoundError('language')
    const captions = chooseCaptions(recording, [lang], undefined)
    const chapters = await readChapters(deps.recordings, recording, captions, { seminar, session })
    const nameOf = (chapter: Chapter) => chapterName(chapter, c.var.page.t)
    const text = ending === 'json' ? chaptersJson(chapters, nameOf) : chaptersVtt(chapters, lang, nameOf)
    return c.body(text, 200, { 'content-type': types[ending] ?? '' })
  })
}

/** What was recorded of a session; with `?recording=` that one alone. */
async function recordingsAsked(deps: RecordingDeps, c: PageCall, session: Session): Promise<Recording[]> {
  const recordings = await listSessionRecordings(deps, c.var.reader, session.id)
  const asked = c.req.query('recording')
  return asked === undefined ? recordings : recordings.filter(({ id }) => id === asked)
}

/** Names of what a file is of are in its own language, where they can be. */
function preferLanguage(c: PageCall, lang: string): void {
  c.set('reader', { ...c.var.reader, chain: [lang, ...c.var.reader.chain] })
}

/** What a chapter is called where there is only text: its title, or the slide that comes up. */
export const chapterName = ({ title, slide, number }: Chapter, t: Translate): string =>
  title?.value ?? t('recording.slide', { number: slide ?? number })

function chapterAsked(c: PageCall, chapters: readonly Chapter[]): Chapter | null {
  const asked = c.req.query('chapter')
  if (asked === undefined) return null
  const chapter = /^[1-9]\d{0,3}$/.test(asked) ? chapters[Number(asked) - 1] : undefined
  if (!chapter) throw new NotFoundError('chapter')
  return chapter
}

function paperOf(
  c: PageCall,
  { seminar, session, recording, track }: Found,
  chapters: readonly Chapter[],
): TranscriptPaper {
  const day = session.startsOn === null ? [] : [formatDay(session.startsOn, track.lang)]
  return {
    title: session.title.value,
    lang: track.lang,
    labels: { under: [seminar.title.value, recording.title.value, ...day], empty: c.var.page.t('recording.nothing') },
    chapters: chapters.map((chapter) => ({ startsAt: chapter.startsAt, title: chapterName(chapter, c.var.page.t) })),
  }
}

/** What writes documents is loaded by the first who asks for one. */
async function writeAs(
  ending: string,
  cues: readonly Cue[],
  pdf: PdfCompiler,
  paper: TranscriptPaper,
): Promise<string | Uint8Array<ArrayBuffer>> {
  switch (ending) {
    case 'srt':
      return writeSrt(cues)
    case 'txt':
      return writeText(cues, { times: true })
    case 'docx':
      return new Uint8Array((await import('../captions/docx.ts')).writeDocx(cues, paper))
    case 'pdf':
      return new Uint8Array(await (await import('../captions/transcript-pdf.ts')).writeTranscriptPdf(cues, paper, pdf))
    default:
      return writeVtt(cues, { lang: paper.lang })
  }
}
