export { documentFontFiles, documentFonts } from './fonts.ts'
export { createPdfCompiler, PdfError, type PdfCompiler, type PdfOptions } from './typst.ts'
