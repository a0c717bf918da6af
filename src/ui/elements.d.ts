import type { HTMLAttributes } from 'preact'

/** What may have to be said of a file that is being sent. */
type UploadWord =
  | ('sending' | 'amount' | 'broken' | 'checking' | 'there' | 'signedout' | 'sign-in' | 'toolarge' | 'type' | 'full')
  | ('toomany' | 'unreadable' | 'failed' | 'held' | 'stopped' | 'begun' | 'removed' | 'cancel' | 'again')

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      /** Made by `src/browser/agenda-builder.ts`. */
      'agenda-builder': HTMLAttributes<HTMLElement> & { moved: string; handle: string }
      /** Made by `src/browser/file-uploads.ts`. */
      'file-uploads': HTMLAttributes<HTMLElement> & Readonly<Record<UploadWord | 'action' | 'owner' | 'to', string>>
      /** Made by `src/browser/insert-text.ts`. */
      'insert-text': HTMLAttributes<HTMLElement> & { into: string; words: string }
      /** Made by `src/browser/kept-form.ts`. */
      'kept-form': HTMLAttributes<HTMLElement> & {
        'key-name': string
        words: string
        restore: string
        discard: string
        offline: string
        saved?: 'yes' | undefined
        unsaved?: 'yes' | undefined
        redraw?: string
      }
      /** Made by `src/browser/markdown-preview.ts`. */
      'markdown-preview': HTMLAttributes<HTMLElement> & { action: string; words: string; hide: string }
      /** Made by `src/browser/recording.ts`. */
      'recording-player': HTMLAttributes<HTMLElement> &
        Readonly<Record<'speed' | 'cite' | 'moment' | 'recording' | 'previous' | 'next', string>>
      /** Made by `src/browser/record-picker.ts`. */
      'record-picker': HTMLAttributes<HTMLElement> & {
        action: string
        kinds: string
        field: string
        single?: 'yes' | undefined
        none: string
        count: string
        chosen: string
      }
      /** Made by `src/browser/search-suggest.ts`. */
      'search-suggest': HTMLAttributes<HTMLElement> & { label: string; count: string }
      /** Made by `src/browser/transcript-editor.ts`. */
      'transcript-editor': HTMLAttributes<HTMLElement> &
        Readonly<Record<'step' | 'speed' | 'failed' | 'unsaved', string>>
      /** Made by `src/browser/passkey.ts`. */
      'passkey-sign-in': HTMLAttributes<HTMLElement> & { action: string; to: string; label: string; failed: string }
      /** Made by `src/browser/passkey.ts`. */
      'passkey-add': HTMLAttributes<HTMLElement> & { action: string; label: string; failed: string; name: string }
      /** Made by `src/browser/reader-time.ts`. */
      'job-progress': HTMLAttributes<HTMLElement> & { seconds: string }
      'reader-time': HTMLAttributes<HTMLElement> & { zone: string; end?: string | undefined; words: string }
    }
  }
}
