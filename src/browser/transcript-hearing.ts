import { speedChoice } from './speed-choice.ts'
import { lineAt } from './transcript-lines.ts'
import type { LineFields } from './transcript-fields.ts'

const speeds = [0.5, 0.6, 0.75, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2]

/** Milliseconds for which whoever typed is not moved. */
const REST = 5000

/** What one hears beside a transcript: a film or a sound with its speed, and the line that is spoken. */
export class Hearing {
  private readonly speeds: HTMLSelectElement | null
  private spoken: Element | undefined
  private typedAt = 0

  private readonly media: HTMLMediaElement
  private readonly bar: HTMLElement

  constructor(media: HTMLMediaElement, bar: HTMLElement, speed: string) {
    this.media = media
    this.bar = bar
    const label = speedChoice(speed, (fast) => (media.defaultPlaybackRate = media.playbackRate = fast), speeds)
    this.speeds = label.querySelector('select')
    bar.prepend(label)
  }

  get second(): number {
    return this.media.currentTime
  }

  toggle(): void {
    if (this.media.paused) void this.media.play()
    else this.media.pause()
  }

  playFrom(second: number): void {
    this.seek(second)
    void this.media.play()
  }

  seek(second: number): void {
    if (Number.isFinite(second)) this.media.currentTime = Math.max(0, second)
  }

  /** One step slower or faster; gives the new speed in words. */
  changeSpeed(by: number): string {
    const option = this.speeds?.options[this.speeds.selectedIndex + by]
    if (!option) return ''
    option.selected = true
    this.speeds?.dispatchEvent(new Event('change', { bubbles: true }))
    return option.text
  }

  noteTyping(): void {
    this.typedAt = Date.now()
  }

  /** Marks the line that is spoken; true when the one after those that are shown is wanted. */
  mark(lines: readonly LineFields[]): boolean {
    const line = lineAt(lines, this.second)?.element
    if (line !== this.spoken) {
      this.spoken?.removeAttribute('aria-current')
      line?.setAttribute('aria-current', 'true')
      this.spoken = line
    }
    const isFollowing = this.bar.querySelector<HTMLInputElement>('[data-kept="transcript-follow"]')?.checked === true
    if (!isFollowing || Date.now() - this.typedAt < REST) return false
    line?.scrollIntoView({ block: 'nearest' })
    const last = lines.at(-1)
    return last !== undefined && !this.media.paused && this.second >= last.end
  }
}
