/** Plays in a player what another one, of another page, would play: at the same second, as fast, and on if it was playing. */
export function playIn(media: HTMLMediaElement, other: HTMLMediaElement): void {
  const { currentTime, paused, playbackRate } = media
  const shown = [...media.textTracks].find(({ mode }) => mode === 'showing')?.language
  // The element stays where it can: some browsers let only one that the person has started go on by itself.
  const next = media.tagName === other.tagName ? media : document.importNode(other)
  const parts = [...other.children].map((part) => document.importNode(part))
  for (const part of parts) {
    // The second is set below.
    if (part instanceof HTMLSourceElement) part.src = part.src.replace(/#.*/, '')
    if (part instanceof HTMLTrackElement && shown !== undefined) part.default = part.srclang === shown
  }
  next.replaceChildren(...parts)
  next.lang = other.lang
  next.setAttribute('aria-label', other.getAttribute('aria-label') ?? '')
  if (next !== media) media.replaceWith(next)
  next.load()
  next.defaultPlaybackRate = next.playbackRate = playbackRate
  next.currentTime = currentTime
  if (!paused) void next.play()
}
