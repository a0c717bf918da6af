export { cleanText, hashText } from './clean.ts'
export { jsonForHtml } from './json-ld.ts'
export { canonicalTag, tellLanguage } from './language.ts'
export { plainText, renderMarkdown, shorten } from './markdown.ts'
