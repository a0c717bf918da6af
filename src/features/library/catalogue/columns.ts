import { canonicalLanguageTag } from '#platform/i18n/index.ts'
import { foldName } from './places.ts'

/** The columns of a table of works, in their order. */
export const columns = [
  'id',
  'types',
  'language',
  'title',
  'subtitle',
  'summary',
  'issued',
  'series',
  'seriesNumber',
  'authors',
  'editors',
  'publishers',
  'doi',
  'isbn',
  'issn',
  'report',
  'handle',
  'url',
  'concepts',
  'places',
  'funders',
  'file',
] as const
export type Column = (typeof columns)[number]

/** Columns that are there once for each language. */
export const perLanguage: ReadonlySet<Column> = new Set(['title', 'subtitle', 'summary', 'file'])

/** Columns that hold several values, parted by `|` or in columns of one name. */
export const manyValued: ReadonlySet<Column> = new Set([
  'types',
  'authors',
  'editors',
  'publishers',
  'doi',
  'isbn',
  'issn',
  'report',
  'handle',
  'url',
  'concepts',
  'places',
  'funders',
  'file',
])

/** A column of a file: what it holds, and in which language where it says so. */
export interface TableColumn {
  readonly column: Column
  readonly lang: string | null
}

/** Names of columns; the first of each language is what we write. */
const names: Readonly<Record<Column, Readonly<Record<string, readonly string[]>>>> = {
  id: {
    en: ['id', 'hub id', 'record id'],
    fr: ['identifiant'],
    es: ['identificador'],
    ar: ['المعرف'],
    pt: ['identificador'],
  },
  types: {
    en: ['type', 'types', 'publication type'],
    fr: ['type'],
    es: ['tipo', 'tipos'],
    ar: ['النوع'],
    pt: ['tipo', 'tipos'],
  },
  language: {
    en: ['language', 'original language', 'lang'],
    fr: ['langue', 'langue originale'],
    es: ['idioma', 'lengua'],
    ar: ['اللغة'],
    pt: ['língua', 'idioma'],
  },
  title: { en: ['title', 'name'], fr: ['titre', 'intitulé'], es: ['título'], ar: ['العنوان'], pt: ['título'] },
  subtitle: {
    en: ['subtitle', 'sub-title'],
    fr: ['sous-titre'],
    es: ['subtítulo'],
    ar: ['العنوان الفرعي'],
    pt: ['subtítulo'],
  },
  summary: {
    en: ['abstract', 'summary', 'description'],
    fr: ['résumé', 'description'],
    es: ['resumen', 'descripción'],
    ar: ['الملخص'],
    pt: ['resumo', 'descrição'],
  },
  issued: {
    en: ['date', 'issued', 'published', 'publication date', 'year'],
    fr: ['date', 'date de publication', 'année'],
    es: ['fecha', 'fecha de publicación', 'año'],
    ar: ['التاريخ', 'السنة', 'تاريخ النشر'],
    pt: ['data', 'data de publicação', 'ano'],
  },
  series: {
    en: ['series', 'series name'],
    fr: ['collection', 'série'],
    es: ['serie', 'colección'],
    ar: ['السلسلة'],
    pt: ['série', 'coleção'],
  },
  seriesNumber: {
    en: ['number', 'series number', 'no', 'issue'],
    fr: ['numéro', 'n°'],
    es: ['número'],
    ar: ['الرقم'],
    pt: ['número'],
  },
  authors: {
    en: ['authors', 'author', 'creator', 'creators'],
    fr: ['auteurs', 'auteur'],
    es: ['autores', 'autor'],
    ar: ['المؤلفون', 'المؤلف'],
    pt: ['autores', 'autor'],
  },
  editors: {
    en: ['editors', 'editor'],
    fr: ['éditeurs scientifiques', 'direction'],
    es: ['editores', 'editor'],
    ar: ['المحررون', 'المحرر'],
    pt: ['organizadores', 'editores'],
  },
  publishers: {
    en: ['publishers', 'publisher'],
    fr: ['éditeurs', 'éditeur'],
    es: ['editoriales', 'editorial'],
    ar: ['الناشر', 'الناشرون'],
    pt: ['editoras', 'editora'],
  },
  doi: { en: ['DOI'], fr: ['DOI'], es: ['DOI'], ar: ['DOI'], pt: ['DOI'] },
  isbn: { en: ['ISBN'], fr: ['ISBN'], es: ['ISBN'], ar: ['ISBN'], pt: ['ISBN'] },
  issn: { en: ['ISSN'], fr: ['ISSN'], es: ['ISSN'], ar: ['ISSN'], pt: ['ISSN'] },
  report: {
    en: ['report number', 'reference'],
    fr: ['numéro de rapport', 'référence'],
    es: ['número de informe', 'referencia'],
    ar: ['رقم التقرير'],
    pt: ['número de relatório', 'referência'],
  },
  handle: { en: ['handle'], fr: ['handle'], es: ['handle'], ar: ['handle'], pt: ['handle'] },
  url: {
    en: ['also at', 'url', 'link', 'links'],
    fr: ['aussi à', 'lien', 'liens'],
    es: ['también en', 'enlace', 'enlaces'],
    ar: ['متاح أيضا في', 'الرابط'],
    pt: ['também em', 'ligação', 'ligações'],
  },
  concepts: {
    en: ['tags', 'themes', 'theme', 'keywords', 'topics'],
    fr: ['thèmes', 'thème', 'mots-clés'],
    es: ['temas', 'tema', 'palabras clave'],
    ar: ['المواضيع', 'الموضوع'],
    pt: ['temas', 'tema', 'palavras-chave'],
  },
  places: {
    en: ['places', 'place', 'countries', 'country', 'regions', 'region'],
    fr: ['lieux', 'lieu', 'pays', 'régions', 'région'],
    es: ['lugares', 'lugar', 'países', 'país', 'regiones'],
    ar: ['الأماكن', 'البلدان', 'البلد', 'المناطق'],
    pt: ['lugares', 'lugar', 'países', 'país', 'regiões'],
  },
  funders: {
    en: ['funders', 'funder', 'donor', 'donors'],
    fr: ['bailleurs', 'bailleur', 'financement'],
    es: ['financiadores', 'financiador', 'donantes'],
    ar: ['الممولون', 'الممول'],
    pt: ['financiadores', 'financiador', 'doadores'],
  },
  file: {
    en: ['file', 'files', 'pdf'],
    fr: ['fichier', 'fichiers'],
    es: ['archivo', 'archivos'],
    ar: ['الملف', 'الملفات'],
    pt: ['ficheiro', 'ficheiros'],
  },
}

/** Tags of the Humanitarian Exchange Language: programs know a column by them, whatever it is called. */
const hxl: Readonly<Record<Column, string>> = {
  id: '#meta+id',
  types: '#meta+type',
  language: '#meta+lang',
  title: '#meta+title',
  subtitle: '#meta+subtitle',
  summary: '#meta+summary',
  issued: '#date+issued',
  series: '#meta+series',
  seriesNumber: '#meta+series+num',
  authors: '#meta+author',
  editors: '#meta+editor',
  publishers: '#org+publisher',
  doi: '#meta+doi',
  isbn: '#meta+isbn',
  issn: '#meta+issn',
  report: '#meta+report',
  handle: '#meta+handle',
  url: '#meta+url',
  concepts: '#meta+theme',
  places: '#geo+code',
  funders: '#org+funder',
  file: '#meta+file',
}

const byName = new Map(
  columns
    .toReversed()
    .flatMap((column) =>
      [column, ...Object.values(names[column]).flat()].map((name): [string, Column] => [foldName(name), column]),
    ),
)
const byTag = new Map(columns.map((column) => [tagKey(hxl[column]), column]))

/** What a column is called in a language. */
export function columnName({ column, lang }: TableColumn, inLang: string): string {
  const name = names[column][inLang]?.[0] ?? names[column]['en']?.[0] ?? column
  return lang === null ? name : `${name} (${lang})`
}

/** The HXL tag of a column. */
export const columnTag = ({ column, lang }: TableColumn): string =>
  lang === null ? hxl[column] : `${hxl[column]}+i_${lang.toLowerCase().replaceAll('-', '_')}`

/** What a heading names: a column, of a language where one follows (`Titre (fr)`, `title_en`); null when it is not known. */
export function readHeading(heading: string): TableColumn | null {
  const name = foldName(heading.replace(/[*:\s]+$/, ''))
  const whole = byName.get(name) ?? byName.get(name.replace(/ ?\d{1,3}$/, ''))
  if (whole) return { column: whole, lang: null }
  const [, before, tag] =
    /^(.+?)[\s_:(/[-]+([a-z]{2,3}(?:[-_][a-z0-9]{2,8})*)\s*[)\]]?(?:[\s_-]*\d{1,3})?$/i.exec(heading.trim()) ?? []
  const column = before === undefined ? undefined : byName.get(foldName(before))
  const lang = tag === undefined ? null : canonicalLanguageTag(tag.replaceAll('_', '-'))
  return column && lang !== null && perLanguage.has(column) ? { column, lang } : null
}

/** What an HXL tag names; attributes have no order. */
export function readTag(cell: string): TableColumn | null {
  const parts = cell
    .toLowerCase()
    .split('+')
    .map((part) => part.trim())
  const said =
    parts.find((part, index) => index > 0 && part.startsWith('i_')) ??
    parts.find((part, index) => index > 0 && /^[a-z]{2}$/.test(part))
  const column = byTag.get(tagKey(parts.filter((part) => part !== said).join('+')))
  const lang = said === undefined ? null : canonicalLanguageTag(said.replace(/^i_/, '').replaceAll('_', '-'))
  return column ? { column, lang } : null
}

/** Whether a row is one of HXL tags: it has some, and nothing else. */
export function isTagRow(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '')
  return filled.length > 0 && filled.every((cell) => /^#[a-z][a-z0-9_]*(\s*\+\s*[a-z][a-z0-9_]*)*$/i.test(cell))
}

function tagKey(tag: string): string {
  const [first = '', ...rest] = tag.toLowerCase().split('+')
  return [first, ...rest.toSorted()].join('+')
}
