import { expect, test } from 'vitest'
import { outsidePlayer } from './outside.ts'

const youTube = 'https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?rel=0'
const id = '9c9de5e8-0a1e-484a-b099-e80766180a6d'

test.each([
  ['https://www.youtube.com/watch?v=dQw4w9WgXcQ&list=x', youTube],
  ['https://youtu.be/dQw4w9WgXcQ?si=who', youTube],
  ['https://m.youtube.com/shorts/dQw4w9WgXcQ', youTube],
  ['https://www.youtube.com/live/dQw4w9WgXcQ', youTube],
  ['https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ', youTube],
  ['https://vimeo.com/76979871', 'https://player.vimeo.com/video/76979871?dnt=1'],
  ['https://vimeo.com/76979871/8272103f6e', 'https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e'],
  [
    'https://player.vimeo.com/video/76979871?h=8272103f6e',
    'https://player.vimeo.com/video/76979871?dnt=1&h=8272103f6e',
  ],
  [`https://framatube.org/videos/watch/${id}`, `https://framatube.org/videos/embed/${id}?p2p=0`],
  ['https://tube.example/w/kkGMgK9ZtnKfYAgnEtQxbv', 'https://tube.example/videos/embed/kkGMgK9ZtnKfYAgnEtQxbv?p2p=0'],
  ['https://files.example.org/talk.MP4?v=2', 'https://files.example.org/talk.MP4?v=2'],
  ['https://files.example.org/talk.opus', 'https://files.example.org/talk.opus'],
])('%s plays as %s', (link, src) => {
  expect(outsidePlayer(link)?.src).toBe(src)
})

test.each([
  ['https://youtu.be/dQw4w9WgXcQ', `${youTube}&start=102`],
  ['https://vimeo.com/76979871', 'https://player.vimeo.com/video/76979871?dnt=1#t=102s'],
  [`https://framatube.org/w/${id}`, `https://framatube.org/videos/embed/${id}?p2p=0&start=102`],
  ['https://files.example.org/talk.mp3', 'https://files.example.org/talk.mp3#t=102'],
])('%s begins at the second', (link, src) => {
  expect(outsidePlayer(link, 102_400)?.src).toBe(src)
})

test('who is asked and how it plays is said', () => {
  expect(outsidePlayer('https://youtu.be/dQw4w9WgXcQ')).toMatchObject({
    host: 'www.youtube-nocookie.com',
    kind: 'frame',
  })
  expect(outsidePlayer('https://files.example.org/a.webm')).toMatchObject({ host: 'files.example.org', kind: 'video' })
  expect(outsidePlayer('https://files.example.org/a.mp3')).toMatchObject({ kind: 'audio' })
})

test.each([
  'javascript:alert(1)//www.youtube.com/watch?v=dQw4w9WgXcQ',
  'data:text/html,<script>alert(1)</script>',
  'http://www.youtube.com/watch?v=dQw4w9WgXcQ',
  'https://www.youtube.com@evil.example/watch?v=dQw4w9WgXcQ',
  'https://user:pass@www.youtube.com/watch?v=dQw4w9WgXcQ',
  'https://www.youtube.com:8443/watch?v=dQw4w9WgXcQ',
  'https://www.youtube.com.evil.example/watch?v=dQw4w9WgXcQ',
  `https://www.youtube.com.evil.example/w/${id}`,
  'https://myvimeo.example/talk.mp4',
  'https://www.youtube.com/watch?v="><script>alert(1)',
  'https://www.youtube.com/watch?v=dQw4w9WgXcQ%22%20onload%3d',
  'https://www.youtube.com/embed/../redirect?q=https://evil.example',
  'https://www.youtube.com/oembed?url=https://evil.example&format=json',
  'https://vimeo.com/76979871/..%2f..%2fevil',
  'https://vimeo.com/api/oembed.json?url=https://evil.example',
  'https://www.xn--yutube-vqf.com/watch?v=dQw4w9WgXcQ',
  'https://www.уoutube.com/w/kkGMgK9ZtnKfYAgnEtQxbv',
  'https://127.0.0.1/talk.mp4',
  'https://[::1]/talk.mp4',
  'https://localhost/talk.mp4',
  'https://example.org/talk.html',
  'https://example.org/w/short',
  'not a link',
  '',
])('%s is never played in a page', (link) => {
  expect(outsidePlayer(link)).toBeNull()
})
