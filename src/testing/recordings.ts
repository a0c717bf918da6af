import { handlesOf } from '#features/exchange/index.ts'
import { readNewCaptions } from '#features/recordings/index.ts'
import { readForm } from './form.ts'
import type { SignedIn, TestHub } from './hub.ts'
import { aSeminar } from './makers.ts'

const clock = (seconds: number) => new Date(seconds * 1000).toISOString().slice(11, 23)

/** WebVTT of so many lines of two seconds, each by "Demo"; each tenth is a slide. */
export function captionLines(lines: number, say = (line: number) => `Line ${line} is spoken here`): string {
  const cues = Array.from({ length: lines }, (_, index) => {
    const slide = index % 10 === 0 ? `slide-${index / 10 + 1}\n` : ''
    return `${slide}${clock(index * 2)} --> ${clock(index * 2 + 2)}\n<v Demo>${say(index + 1)}`
  })
  return `WEBVTT\n\n${cues.join('\n\n')}\n`
}

/** As much of a sound as says what it is. */
export const sound = (say: string) =>
  `RIFF\x24\0\0\0WAVEfmt \x10\0\0\0\x01\0\x01\0\x40\x1f\0\0\x80\x3e\0\0\x02\0\x10\0data\0\0\0\0${say}`

export interface Recorded {
  readonly seminar: string
  /** Of its first session. */
  readonly session: string
  readonly recording: string
  /** A sound in English and French, captions in English and French. */
  readonly tracks: readonly string[]
  /** The path of the session's page. */
  readonly page: string
}

/** What an editor does of recordings at the desk of a hub, and the job that reads captions. */
export function recordingDesk(hub: TestHub, editor: SignedIn) {
  const send = async (kind: string, fields: Readonly<Record<string, string>>, file?: File): Promise<Response> => {
    const form = new FormData()
    for (const [name, value] of Object.entries({ lang: 'en', visibility: 'public', ...fields })) form.set(name, value)
    if (file) form.set('fact.file', file)
    return editor.post(`/en/desk/records/new/${kind}`, form)
  }
  const make = async (kind: string, fields: Readonly<Record<string, string>>, file?: File): Promise<string> => {
    const response = await send(kind, fields, file)
    if (response.status !== 303) throw new Error(`${kind}: ${response.status}`)
    return /records\/(\w+)/.exec(response.headers.get('location') ?? '')?.[1] ?? ''
  }
  /** Gives a record another file, with its form as it stands. */
  const replaceFile = async (id: string, content: BlobPart, name: string): Promise<void> => {
    const path = `/en/desk/records/${id}`
    const { fields } = readForm(await (await editor.get(path)).text())
    const form = new FormData()
    for (const [field, values] of Object.entries(fields))
      if (field !== 'kept.file') for (const value of values) form.append(field, value)
    form.set('fact.file', new File([content], name, { type: 'application/octet-stream' }))
    const answer = await editor.post(path, form)
    if (answer.status !== 303) throw new Error(`replace: ${answer.status}`)
  }
  const publish = async (id: string): Promise<void> => {
    const page = await (await editor.get(`/en/desk/records/${id}/publish`)).text()
    const version = /name="version" value="(\d+)"/.exec(page)?.[1] ?? ''
    const answer = await editor.post(`/en/desk/records/${id}/publish`, { version })
    if (answer.status !== 303) throw new Error(`publish: ${answer.status}`)
  }
  const read = async () =>
    readNewCaptions({ ...handlesOf(hub.kysely), store: hub.files, now: () => '2026-11-24T09:00:00.000Z' })
  const addTrack = async (recording: string, kind: string, lang: string, content: BlobPart, name: string) => {
    const fields = { 'fact.recording': recording, 'fact.kind': kind, 'fact.lang': lang }
    return make('track', fields, new File([content], name, { type: 'application/octet-stream' }))
  }
  /** A seminar whose first session has a sound in English and French, and captions in both. */
  const record = async (title: string, lines = 130): Promise<Recorded> => {
    const seminar = await aSeminar(hub.kysely, { title: { en: title }, sessions: ['One'] })
    const { id: session } = await hub.kysely
      .selectFrom('session')
      .select('id')
      .where('seminar_id', '=', seminar)
      .executeTakeFirstOrThrow()
    const place = { 'fact.seminar': seminar, 'fact.session': session }
    const recording = await make('recording', { ...place, 'text.title': 'First day' })
    const french = captionLines(lines, (line) => `Ligne ${line}, <script>`)
    const tracks = [
      await addTrack(recording, 'audio', 'en', sound(title), 'en.wav'),
      await addTrack(recording, 'audio', 'fr', sound(`${title} fr`), 'fr.wav'),
      await addTrack(recording, 'captions', 'en', captionLines(lines), 'en.vtt'),
      await addTrack(recording, 'captions', 'fr', french, 'fr.vtt'),
    ]
    await publish(recording)
    await read()
    const page = (await hub.get(`/r/${session}`)).headers.get('location') ?? ''
    return { seminar, session, recording, tracks, page }
  }
  return { send, make, replaceFile, publish, read, addTrack, record }
}
