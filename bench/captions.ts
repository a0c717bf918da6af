import { readCaptions, writeSrt, writeVtt, type Cue } from '#features/recordings/captions/index.ts'
import { inProcess } from './in-process.ts'
import { printRows, type Row } from './table.ts'

const sentences = [
  'Reintegration is a process in which a person who returns finds work, a home and people to rely on.',
  'Local authorities were asked what they do when somebody comes back.',
  'La réintégration durable se prépare avant le retour.',
  'إعادة الإدماج المستدامة تبدأ قبل العودة.',
  'Two in three had spoken with a counsellor\nbefore they left.',
]
const speakers = ['Anna Maria', 'Juan Pérez', 'أمينة ديالو']

/** Cues of a very long recording: two seconds each, by turns of ten, a slide every fifty. */
function longTranscript(count: number): Cue[] {
  return Array.from({ length: count }, (_, at) => ({
    startsAt: at * 2000,
    endsAt: at * 2000 + 1900,
    identifier: at % 50 === 0 ? `slide-${at / 50 + 1}` : null,
    settings: null,
    speaker: speakers[Math.floor(at / 10) % speakers.length] ?? null,
    text: sentences[at % sentences.length] ?? '',
  }))
}

/** Times the reading of long captions, alone and into the database; false when it is over its budget or a cue is missing. */
export async function benchCaptions(count: number): Promise<boolean> {
  const cues = longTranscript(count)
  const texts = { WebVTT: writeVtt(cues), SRT: writeSrt(cues) }
  const rows: Row[] = []
  for (const [name, text] of Object.entries(texts)) {
    const bytes = new TextEncoder().encode(text)
    const what = `${name} of ${count.toLocaleString('en')} cues (${(bytes.length / 1e6).toFixed(1)} MB)`
    const startedAt = performance.now()
    const read = readCaptions(bytes).cues.length
    rows.push({ what: `${what}, to cues`, value: performance.now() - startedAt, unit: 'ms', most: 3000 })
    rows.push({ what: `${what}, cues that are missing`, value: count - read, unit: '', most: 0 })
  }
  const imported = await inProcess('bench/captions/import.ts', async (module, folder) =>
    (module as typeof import('./captions/import.ts')).timeImport(folder, texts, count),
  )
  return printRows([...rows, ...imported])
}
