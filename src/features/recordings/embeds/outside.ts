/** How a film or a sound of another host is played in a page of the hub. */
export interface OutsidePlayer {
  /** Whom the browser of whoever plays it then asks. */
  readonly host: string
  /** `frame`: a page of that host; else the file itself. */
  readonly kind: 'frame' | 'video' | 'audio'
  readonly src: string
}

type Reader = (url: URL, seconds: number) => string | null

const youTubeHosts = new Set(['youtube.com', 'www.youtube.com', 'm.youtube.com', 'www.youtube-nocookie.com'])

/** The films of YouTube have ids of eleven characters; `youtube-nocookie.com` sets no cookies before a film is played. */
const youTube: Reader = ({ hostname, pathname, searchParams }, seconds) => {
  const [, first = '', second = ''] = pathname.split('/')
  const isShort = hostname === 'youtu.be'
  if (!isShort && !youTubeHosts.has(hostname)) return null
  const inPath = isShort ? first : ['embed', 'live', 'shorts'].includes(first) ? second : null
  const id = inPath ?? (first === 'watch' ? (searchParams.get('v') ?? '') : '')
  if (!/^[\w-]{11}$/.test(id)) return null
  return `https://www.youtube-nocookie.com/embed/${id}?rel=0${seconds === 0 ? '' : `&start=${seconds}`}`
}

/** `dnt=1`: Vimeo keeps no cookies and counts nobody. A film that is not listed has a second part in its address. */
const vimeo: Reader = ({ hostname, pathname, searchParams }, seconds) => {
  if (!['vimeo.com', 'www.vimeo.com', 'player.vimeo.com'].includes(hostname)) return null
  const [, id, part = searchParams.get('h')] =
    /^\/(?:video\/)?(\d{1,12})(?:\/([0-9a-f]{4,40}))?\/?$/.exec(pathname) ?? []
  if (id === undefined) return null
  const hidden = part !== null && /^[0-9a-f]{4,40}$/.test(part) ? `&h=${part}` : ''
  return `https://player.vimeo.com/video/${id}?dnt=1${hidden}${seconds === 0 ? '' : `#t=${seconds}s`}`
}

/** Any host may run PeerTube. `p2p=0`: other people who watch are not told of. */
const peerTube: Reader = ({ host, pathname }, seconds) => {
  const [, id] = /^\/(?:w|videos\/(?:watch|embed))\/([A-Za-z0-9-]{20,40})\/?$/.exec(pathname) ?? []
  if (id === undefined) return null
  return `https://${host}/videos/embed/${id}?p2p=0${seconds === 0 ? '' : `&start=${seconds}`}`
}

const files: readonly (readonly ['video' | 'audio', RegExp])[] = [
  ['video', /\.(?:mp4|m4v|webm|ogv|mov)$/i],
  ['audio', /\.(?:mp3|m4a|aac|ogg|oga|opus|wav|flac)$/i],
]

/** Names that only their owners may lead with: `youtube.com.example.org` is nobody's film. */
const borrowed = /youtu|vimeo/

/**
 * The player for a link to elsewhere, from a second on; null when it is only a link. It is made anew from what is understood of the link,
 * never the link itself: https alone, without a name, a password or a port, and no host that looks like another.
 */
export function outsidePlayer(link: string, milliseconds = 0): OutsidePlayer | null {
  if (!URL.canParse(link)) return null
  const url = new URL(link)
  const { protocol, hostname, username, password, port } = url
  if (protocol !== 'https:' || username !== '' || password !== '' || port !== '') return null
  // Whole names of letters and digits: no addresses by number, no letters that only look alike, nothing of this very network.
  if (!/^(?:[a-z0-9-]+\.)+[a-z]{2,}$/.test(hostname) || /(?:^|\.)xn--/.test(hostname)) return null
  const seconds = Math.floor(milliseconds / 1000)
  const own = youTube(url, seconds) ?? vimeo(url, seconds)
  if (own !== null) return { host: new URL(own).host, kind: 'frame', src: own }
  if (borrowed.test(hostname)) return null
  const frame = peerTube(url, seconds)
  if (frame !== null) return { host: hostname, kind: 'frame', src: frame }
  const file = files.find(([, ending]) => ending.test(url.pathname))
  if (!file) return null
  const src = `https://${hostname}${url.pathname}${url.search}${seconds === 0 ? '' : `#t=${seconds}`}`
  return { host: hostname, kind: file[0], src }
}
