import { fileHref } from '#features/files/index.ts'
import { servedAs } from '#platform/files/index.ts'
import { languageName } from '#platform/i18n/index.ts'
import type { PageContext } from '#ui/index.ts'
import type { HeardFile } from '../transcript-desk/standing.ts'

/** Seconds that one goes back or forward by a key. */
export const STEP = 3

/** What can be done by keys of their own. Letters that write something on a Mac in one of our languages are left out. */
const hearingKeys = [
  ['play', 'Alt+K'],
  ['here', 'Alt+Enter'],
  ['back', 'Alt+J'],
  ['forward', 'Alt+L'],
  ['slower', 'Alt+G'],
  ['faster', 'Alt+H'],
  ['start', 'Alt+T'],
  ['end', 'Alt+Y'],
  ['spoken', 'Alt+P'],
] as const
const lineKeys = [
  ['previous', 'Alt+R'],
  ['next', 'Alt+V'],
  ['speaker', 'Alt+W'],
  ['split', 'Alt+S'],
  ['join', 'Alt+M'],
  ['insert', 'Alt+B'],
  ['delete', 'Alt+X'],
  ['undo', 'Alt+Z'],
  ['save', 'Control+Enter'],
] as const

interface HearingProps {
  readonly heard: HeardFile | null
  readonly context: PageContext
}

/** What one hears while one reads. The bar is for those who have script, and stays in sight. */
export function Hearing({ heard, context }: HearingProps) {
  return (
    <div class="hearing">
      {heard && <Heard of={heard} context={context} />}
      <div class="bar" hidden>
        {heard && <Choice name="transcript-follow" label={context.t('desk.transcript.follow')} />}
      </div>
    </div>
  )
}

function Heard({ of, context: { t, lang } }: { readonly of: HeardFile; readonly context: PageContext }) {
  const label = t(`recording.play.${of.kind}`, { language: languageName(of.lang, lang) })
  const source = <source src={fileHref(of.sha256, of.name)} type={servedAs(of.type).contentType} />
  return of.kind === 'video' ? (
    <video controls preload="metadata" lang={of.lang} aria-label={label}>
      {source}
    </video>
  ) : (
    <audio controls preload="metadata" lang={of.lang} aria-label={label}>
      {source}
    </audio>
  )
}

/** A box that the browser remembers. */
function Choice({ name, label, isOn = false }: { name: string; label: string; isOn?: boolean }) {
  return (
    <div class="check">
      <input type="checkbox" id={name} data-kept={name} checked={isOn} />
      <label for={name}>{label}</label>
    </div>
  )
}

/** The keys, for those who have script: each is a button that does what it says. */
export function TranscriptKeys({ heard, context: { t } }: HearingProps) {
  const shown = [...(heard ? hearingKeys : []), ...lineKeys]
  return (
    <details class="keys" hidden>
      <summary>{t('desk.transcript.keys')}</summary>
      <p>{t('desk.transcript.keysExplain')}</p>
      <ul>
        {shown.map(([deed, keys]) => (
          <li>
            <button type="button" class="button plain small" data-deed={deed} aria-keyshortcuts={keys}>
              {t(`desk.transcript.key.${deed}`, { count: STEP })}
            </button>{' '}
            <Keys of={keys} enter={t('desk.transcript.keyEnter')} />
          </li>
        ))}
      </ul>
      <Choice name="transcript-keys" label={t('desk.transcript.keysOn')} isOn />
    </details>
  )
}

function Keys({ of, enter }: { readonly of: string; readonly enter: string }) {
  const names = of.split('+').map((key) => ({ Control: 'Ctrl', Enter: enter })[key] ?? key)
  return (
    <bdi dir="ltr">
      {names.map((name, index) => (
        <>
          {index > 0 && '+'}
          <kbd>{name}</kbd>
        </>
      ))}
    </bdi>
  )
}
