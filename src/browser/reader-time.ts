/**
 * `<reader-time zone="Europe/Brussels" end="…" words="{time} your time"><time datetime="…">…</time></reader-time>`
 * Adds the hour in the reader's own zone after the event's, when the two clocks differ at that moment.
 */
class ReaderTime extends HTMLElement {
  connectedCallback(): void {
    const start = this.querySelector('time')?.dateTime
    const zone = this.getAttribute('zone')
    const words = this.getAttribute('words')
    if (!start || !zone || !words || this.querySelector('small')) return
    const from = new Date(start)
    if (Number.isNaN(from.getTime()) || wallClock(from, zone) === wallClock(from)) return
    const note = document.createElement('small')
    note.textContent = ` (${words.replace('{time}', readerWords(from, this.getAttribute('end'), zone))})`
    this.append(note)
  }
}

/** What a clock and a calendar show at a moment in a zone; without one, in the reader's. */
function wallClock(at: Date, timeZone?: string): string {
  return format('en', { dateStyle: 'short', timeStyle: 'short' }, timeZone).format(at)
}

function readerWords(from: Date, end: string | null, zone: string): string {
  const time = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const
  const sameDay = day(from, zone) === day(from)
  const options = sameDay ? time : ({ ...time, weekday: 'short', day: 'numeric', month: 'short' } as const)
  const formatter = format(document.documentElement.lang, options)
  return end ? formatter.formatRange(from, new Date(end)) : formatter.format(from)
}

function day(at: Date, timeZone?: string): string {
  return format('en', { dateStyle: 'short' }, timeZone).format(at)
}

function format(lang: string, options: Intl.DateTimeFormatOptions, timeZone?: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(lang, timeZone ? { ...options, timeZone } : options)
}

customElements.define('reader-time', ReaderTime)
