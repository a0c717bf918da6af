export { documentFontFiles, documentFonts } from './fonts.ts'
export { createPdfCompiler, PdfError, type PdfCompiler } from './typst.ts'
