import { Prose, Section, Text, type PageContext } from '#ui/index.ts'
import type { ShownRecording } from '../transcript.ts'
import { nameIn, whichOf } from './addresses.ts'
import { ChapterList } from './chapter-list.tsx'
import { DownloadPart } from './download-part.tsx'
import { Outside } from './outside.tsx'
import { Player } from './player.tsx'
import { TakenDown } from './taken-down.tsx'
import { TrackList } from './track-list.tsx'
import { Transcript } from './transcript-part.tsx'

export interface RecordingProps {
  readonly of: ShownRecording
  /** The page's own path, without what was asked. */
  readonly path: string
  readonly context: PageContext
}

/** What was recorded of a session: it plays, can be read, and everything that can be loaded says its size. */
export function RecordingSection({ of, path, context }: RecordingProps) {
  const { t, lang } = context
  const { recording, media, stretch } = of
  return (
    <Section title={t('recording.title')} id={nameIn(of, 'recording')}>
      <h3 id={`${nameIn(of, 'recording')}-title`}>
        <Text of={recording.title} lang={lang} />
      </h3>
      {recording.synthetic && <p class="quiet">{t('text.synthetic')}</p>}
      {recording.note && <Prose of={recording.note} told={recording.title} below={3} context={context} />}
      {recording.takedowns.length > 0 && <TakenDown recording={recording} context={context} />}
      {recording.tracks.some(({ rules }) => rules.speakers !== null) && <p class="quiet">{t('recording.silenced')}</p>}
      <recording-player
        speed={t('recording.speed')}
        cite={t('moment.cite')}
        moment={`${path}/moment`}
        recording={whichOf(of) ?? ''}
        previous={t('recording.previousFound')}
        next={t('recording.nextFound')}
      >
        {media && <Player of={of} media={media} path={path} context={context} />}
        <Outside of={of} path={path} context={context} />
        {recording.tracks.length === 0 && <p class="quiet">{t('recording.nothing')}</p>}
        <TrackList of={of} path={path} context={context} />
        <ChapterList of={of} path={path} context={context} />
        <DownloadPart of={of} path={path} context={context} />
        {stretch && <Transcript of={of} stretch={stretch} path={path} context={context} />}
      </recording-player>
      {media && context.assets.recordingJs && <script type="module" src={context.assets.recordingJs} />}
    </Section>
  )
}
