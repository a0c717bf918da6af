import type { Episode } from '#features/recordings/index.ts'
import type { TextValue } from '#features/records/index.ts'
import type { Words } from '#ui/index.ts'
import { direction, type Translate } from '#platform/i18n/index.ts'
import { plainText } from '#platform/text/index.ts'
import { writeXml, type XmlElement } from '#platform/xml.ts'

/** Where the podcast stands: the hub, and the language that it is in. */
export interface PodcastContext {
  readonly origin: string
  readonly hubName: Words
  readonly lang: string
  readonly t: Translate
}

/**
 * Sessions to listen to in one language as a podcast: RSS 2.0 with what Apple and the Podcasting 2.0 namespace add, in the order given. An episode
 * is known by the permanent address of its recording, and each text says its own language. The bytes depend on the data alone.
 */
export function podcastFeed(episodes: readonly Episode[], context: PodcastContext): string {
  const { origin, lang, t, hubName } = context
  const whole = (path: string) => new URL(path, origin).href
  const [newest] = episodes
  return writeXml({
    rss: {
      '@version': '2.0',
      '@xmlns:atom': 'http://www.w3.org/2005/Atom',
      '@xmlns:itunes': 'http://www.itunes.com/dtds/podcast-1.0.dtd',
      '@xmlns:podcast': 'https://podcastindex.org/namespace/1.0',
      channel: {
        title: t('podcast.channel', { hub: hubName.value }),
        link: whole(`/${lang}/seminars`),
        description: t('podcast.about', { hub: hubName.value }),
        language: lang,
        generator: 'Passerelle',
        pubDate: newest && mailDate(newest),
        'atom:link': { '@rel': 'self', '@type': 'application/rss+xml', '@href': whole(`/${lang}/podcast.xml`) },
        'itunes:author': hubName.value,
        'itunes:type': 'episodic',
        'itunes:category': { '@text': 'Education' },
        'itunes:explicit': 'false',
        item: episodes.map((episode) => item(episode, context, whole)),
      },
    },
  })
}

function item(episode: Episode, { lang, t }: PodcastContext, whole: (path: string) => string): XmlElement {
  const { session, recorded, sound } = episode
  const { recording, captions, chapters, chapterFiles } = recorded
  const title = episode.isOneOfSeveral ? `${session.title.value} · ${recording.title.value}` : session.title.value
  return {
    title: session.title.lang === lang ? title : { '@xml:lang': session.title.lang, '#text': title },
    link: whole(recorded.href),
    guid: { '@isPermaLink': 'true', '#text': whole(`/r/${recording.id}`) },
    pubDate: mailDate(episode),
    description: notes(episode, lang, t('text.synthetic')),
    enclosure: { '@url': whole(sound.href), '@length': sound.bytes, '@type': sound.type },
    'itunes:duration': sound.duration === null ? undefined : Math.round(sound.duration / 1000),
    'itunes:episodeType': 'full',
    'itunes:explicit': 'false',
    'podcast:transcript': captions.flatMap(({ lang: spoken, files }) => [
      { '@url': whole(files.vtt), '@type': 'text/vtt', '@language': spoken, '@rel': 'captions' },
      { '@url': whole(files.srt), '@type': 'application/x-subrip', '@language': spoken, '@rel': 'captions' },
    ]),
    'podcast:chapters':
      chapters.length === 0 ? undefined : { '@url': whole(chapterFiles.json), '@type': 'application/json+chapters' },
  }
}

/** A date as RFC 822 writes it. What is in a feed is published. */
const mailDate = ({ recorded, seminar }: Episode): string =>
  new Date(recorded.recording.publishedAt ?? seminar.updatedAt).toUTCString()

/** What a session is about, as players show it: HTML in which each paragraph says its language. */
function notes({ seminar, session, recorded }: Episode, lang: string, madeUp: string): string {
  const { note, synthetic } = recorded.recording
  const about = session.abstract ?? seminar.summary
  const madeUpNote = synthetic ? [`<p>${escape(madeUp)}</p>`] : []
  const parts = [paragraph(seminar.title, lang), ...[about, note].flatMap((one) => (one ? paragraph(one, lang) : []))]
  return [...parts, ...madeUpNote].join('\n')
}

function paragraph({ lang, value }: TextValue, around: string): string {
  const marks = lang === around ? '' : ` lang="${escape(lang)}" dir="${direction(lang)}"`
  return `<p${marks}>${escape(plainText(value, 3000))}</p>`
}

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
