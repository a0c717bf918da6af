import './kept-form.ts'
import './markdown-preview.ts'
