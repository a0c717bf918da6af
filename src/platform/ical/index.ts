export { contentLine, escapeText, writeLines, type Property } from './lines.ts'
export { basicTime, isUtc, timeZoneLines } from './time-zone.ts'
