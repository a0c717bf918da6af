export {
  createFfmpegFinder,
  findFfmpeg,
  runFfmpeg,
  type Ffmpeg,
  type FfmpegCall,
  type FfmpegOutcome,
} from './ffmpeg.ts'
export { readMediaFacts, writeMediaAudio, type MediaOptions, type MediaSource } from './media.ts'
export type { MediaFacts, MediaProblem } from './task.ts'
