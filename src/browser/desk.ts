import './agenda-builder.ts'
import './kept-form.ts'
import './markdown-preview.ts'
import './record-picker.ts'
