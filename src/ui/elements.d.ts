import type { HTMLAttributes } from 'preact'

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      /** Made by `src/browser/reader-time.ts`. */
      'reader-time': HTMLAttributes<HTMLElement> & { zone: string; end?: string | undefined; words: string }
    }
  }
}
