import type { APIRequestContext } from 'playwright-core'
import { z } from 'zod'
import { at } from './browser.ts'

/** A sound of nothing of so many seconds: PCM of 8 bits, as few a second as browsers play (RIFF WAVE). */
export function silence(seconds: number, say: string): Buffer {
  const rate = 3000
  const samples = Buffer.alloc(rate * seconds, 128)
  // Two sounds of nothing are two files.
  samples.write(say)
  const head = Buffer.alloc(44)
  head.write('RIFF', 0)
  head.writeUInt32LE(36 + samples.length, 4)
  head.write('WAVEfmt ', 8)
  head.writeUInt32LE(16, 16)
  head.writeUInt16LE(1, 20)
  head.writeUInt16LE(1, 22)
  head.writeUInt32LE(rate, 24)
  head.writeUInt32LE(rate, 28)
  head.writeUInt16LE(1, 32)
  head.writeUInt16LE(8, 34)
  head.write('data', 36)
  head.writeUInt32LE(samples.length, 40)
  return Buffer.concat([head, samples])
}

/** A track as a test sends it. */
export interface SentTrack {
  readonly kind: 'audio' | 'captions'
  readonly lang: string
  readonly name: string
  readonly content: Buffer
}

const Sessions = z.object({
  items: z.array(z.object({ id: z.string(), seminar: z.object({ id: z.string() }), number: z.number() })),
})

/** The last sessions of the hub, which other tests leave alone. */
export async function lastSessions(count: number): Promise<{ id: string; seminar: string }[]> {
  const { items } = Sessions.parse(await (await fetch(at('/api/v1/sessions'))).json())
  return items.slice(-count).map(({ id, seminar }) => ({ id, seminar: seminar.id }))
}

/** A session that something is recorded of. */
interface Place {
  readonly id: string
  readonly seminar: string
}

/** Makes and publishes a recording with its tracks, as the forms of the desk do. Returns the path of the session's page. */
export async function recordSession(
  request: APIRequestContext,
  place: Place,
  tracks: readonly SentTrack[],
): Promise<string> {
  return (await recordTracks(request, place, tracks)).path
}

/** The same, with the ids of the tracks. */
export async function recordTracks(
  request: APIRequestContext,
  { id, seminar }: Place,
  tracks: readonly SentTrack[],
): Promise<{ path: string; ids: string[] }> {
  const headers = { origin: new URL(at('/')).origin }
  const make = async (kind: string, fields: Readonly<Record<string, string>>, track?: SentTrack) => {
    const multipart = {
      lang: 'en',
      visibility: 'public',
      ...fields,
      ...(track && { 'fact.file': { name: track.name, mimeType: 'application/octet-stream', buffer: track.content } }),
    }
    const answer = await request.post(at(`/en/desk/records/new/${kind}`), { multipart, headers })
    const [, made] = /\/records\/(\w+)\?saved/.exec(answer.url()) ?? []
    if (made === undefined) throw new Error(`No ${kind} was made: ${answer.status()}`)
    return made
  }
  const place = { 'fact.seminar': seminar, 'fact.session': id }
  const recording = await make('recording', { ...place, 'text.title': 'Recorded' })
  const ids: string[] = []
  for (const track of tracks) {
    const facts = { 'fact.recording': recording, 'fact.kind': track.kind, 'fact.lang': track.lang }
    ids.push(await make('track', facts, track))
  }
  const publish = at(`/en/desk/records/${recording}/publish`)
  const [, version = ''] = /name="version" value="(\d+)"/.exec(await (await request.get(publish)).text()) ?? []
  await request.post(publish, { form: { version }, headers })
  return { path: new URL((await request.get(at(`/r/${id}`))).url()).pathname, ids }
}
