import { RecordFrame, type Framed } from '#features/desk/index.ts'
import { formatClock } from '#platform/time.ts'
import {
  Button,
  Buttons,
  FactList,
  Form,
  formatBytes,
  Notice,
  WideTable,
  type FormState,
  type PageContext,
} from '#ui/index.ts'
import type { ShownMedia } from '../media/show.ts'
import { Standing } from './standing.tsx'

interface MediaPageProps {
  readonly context: PageContext
  readonly framed: Framed
  readonly form: FormState
  readonly media: ShownMedia
}

/** What was read in a track's file, and how far the versions are that the hub makes of it. */
export function MediaPage({ context, framed, form, media }: MediaPageProps) {
  const { t } = context
  const { state, reason, notices, lacksFfmpeg, mayTryAgain } = media
  return (
    <RecordFrame context={context} framed={framed} screen="media" title={t('desk.media')}>
      <p>{t('desk.media.explain')}</p>
      {state === 'none' && <p class="quiet">{t('desk.media.none')}</p>}
      {state === 'waiting' && <p class="quiet">{t('desk.media.waiting')}</p>}
      {reason !== null && (
        <Notice kind="warning">
          <p>{t(`desk.media.reason.${reason}`)}</p>
        </Notice>
      )}
      {notices.map((notice) => (
        <Notice kind="warning">
          <p>{t(`desk.media.notice.${notice}`)}</p>
        </Notice>
      ))}
      {media.copy?.state === 'ffmpeg' && (
        <Notice kind="warning">
          <p>{t('desk.media.copy.noFfmpeg')}</p>
        </Notice>
      )}
      {lacksFfmpeg && (
        <Notice>
          <p>{t('desk.media.noFfmpeg')}</p>
        </Notice>
      )}
      {state === 'read' && <Facts media={media} context={context} />}
      {(media.copy !== null || media.versions.length > 0) && <Versions media={media} context={context} />}
      {mayTryAgain && (
        <Form form={form}>
          <Buttons>
            <Button>{t('desk.media.again')}</Button>
          </Buttons>
        </Form>
      )}
    </RecordFrame>
  )
}

interface PartProps {
  readonly media: ShownMedia
  readonly context: PageContext
}

function Facts({ media, context: { t, lang } }: PartProps) {
  const { bytes, duration, size, videoCodec, audioCodec } = media
  return (
    <FactList
      facts={[
        duration !== null && { term: t('desk.media.length'), value: formatClock(duration, lang) },
        bytes !== null && { term: t('desk.media.size'), value: formatBytes(bytes, lang) },
        size && { term: t('desk.media.picture'), value: t('desk.media.pixels', size) },
        { term: t('desk.media.videoCodec'), value: videoCodec ?? t('desk.media.nothing') },
        { term: t('desk.media.audioCodec'), value: audioCodec ?? t('desk.media.nothing') },
      ]}
    />
  )
}

function Versions({ media, context }: PartProps) {
  const { t } = context
  return (
    <>
      <h2>{t('desk.media.versions')}</h2>
      <WideTable label={t('desk.media.versions')} head={[t('desk.media.version'), t('desk.media.standing')]}>
        {media.copy !== null && (
          <tr>
            <th scope="row">{t('desk.media.copy')}</th>
            <td>
              <Standing standing={media.copy} context={context} />
            </td>
          </tr>
        )}
        {media.versions.map(({ kind, standing }) => (
          <tr>
            <th scope="row">{t(`track.version.${kind}`)}</th>
            <td>
              <Standing standing={standing} context={context} />
            </td>
          </tr>
        ))}
      </WideTable>
    </>
  )
}
