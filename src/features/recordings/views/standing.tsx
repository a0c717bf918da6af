import { formatBytes, type PageContext } from '#ui/index.ts'
import type { VersionStanding } from '../media/show.ts'

/** How far something is that the hub makes of a film or a sound. */
export function Standing({ standing, context: { t, lang } }: { standing: VersionStanding; context: PageContext }) {
  switch (standing.state) {
    case 'made':
      return <a href={standing.href}>{formatBytes(standing.bytes, lang)}</a>
    case 'making':
      return (
        <>
          <progress max={100} value={standing.percent} aria-label={t('desk.media.progress')} />{' '}
          {t('desk.media.making', { share: standing.percent / 100 })}
        </>
      )
    case 'none':
    case 'failed':
      return <>{t(`desk.media.reason.${standing.reason}`)}</>
    case 'waiting':
      return <>{t('desk.media.turn')}</>
    case 'ffmpeg':
      return <>{t('desk.media.ffmpeg')}</>
  }
}
