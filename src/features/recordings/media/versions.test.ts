import { expect, test } from 'vitest'
import { isSmallAlready, makeable, versionName, wantedVersions } from './versions.ts'

const film = { bytes: 310e6, duration: 7_200_000, videoCodec: 'avc', audioCodec: 'aac' }
const sound = { bytes: 80e6, duration: 7_200_000, videoCodec: null, audioCodec: 'mp3' }

test('a film is offered as a sound, a picture, small, and as a stream when it is long', () => {
  expect(wantedVersions(film)).toEqual(['audio', 'poster', 'small_audio', 'small_video', 'stream'])
  expect(wantedVersions({ ...film, duration: 600_000 })).toEqual(['audio', 'poster', 'small_audio', 'small_video'])
  expect(wantedVersions({ ...film, duration: null, audioCodec: null })).toEqual(['poster', 'small_video'])
  expect(wantedVersions(sound)).toEqual(['small_audio'])
  expect(makeable(false)).toEqual(['audio'])
  expect(makeable(true)).toEqual(['audio', 'poster', 'small_audio', 'small_video', 'stream'])
})

test('what is small already is not made smaller', () => {
  expect(isSmallAlready('small_video', film)).toBe(true)
  expect(isSmallAlready('small_video', { ...film, bytes: 2e9 })).toBe(false)
  expect(isSmallAlready('small_audio', film)).toBe(false)
  expect(isSmallAlready('small_audio', sound)).toBe(false)
  expect(isSmallAlready('small_audio', { ...sound, bytes: 40e6 })).toBe(true)
  expect(isSmallAlready('small_video', { ...film, duration: null })).toBe(false)
})

test('versions are named after their file', () => {
  expect(versionName('Jour 1.mp4', 'audio', 'm4a')).toBe('Jour 1-audio.m4a')
  expect(versionName('a.b', 'small_video', 'mp4')).toBe('a-small.mp4')
  expect(versionName('day.mp4', 'playlist', 'm3u8')).toBe('stream.m3u8')
})
