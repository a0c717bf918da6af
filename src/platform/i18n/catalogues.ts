import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { IntlMessageFormat } from 'intl-messageformat'
import type en from '#locales/en.json'
import { formatLocale } from './languages.ts'

/** The messages of one language: key → ICU message. */
export type Catalogue = Readonly<Record<string, string>>

/** A key of `locales/en.json`; a key that is not there does not compile. */
export type MessageKey = keyof typeof en

/** Says a message in one language. Values fill its placeholders. */
export type Translate = (key: MessageKey, values?: Readonly<Record<string, string | number>>) => string

/** The language every message is first written in. */
const sourceLanguage = 'en'

/** Every language of the interface, and how to speak it. */
export interface Catalogues {
  /** Languages that have a catalogue, the source first. */
  readonly languages: readonly string[]
  readonly messages: (lang: string) => Catalogue | null
  /** The translator of a language; one without a catalogue is answered in the source language. */
  readonly translator: (lang: string) => Translate
}

/** The languages that a folder has catalogues of. */
export function listCatalogues(folder: string): string[] {
  const files = readdirSync(folder).filter((name) => name.endsWith('.json'))
  return files.map((name) => basename(name, '.json')).toSorted()
}

/** Reads every `*.json` in a folder as the catalogue of the language it is named after. Throws when one is not an object of strings. */
export function loadCatalogues(folder: string): Catalogues {
  const entries = listCatalogues(folder).map((lang): [string, Catalogue] => [
    lang,
    readCatalogue(join(folder, `${lang}.json`)),
  ])
  return createCatalogues(Object.fromEntries(entries))
}

/** Catalogues from values at hand: language → messages. The source language must be among them. */
export function createCatalogues(byLanguage: Readonly<Record<string, Catalogue>>): Catalogues {
  const source = byLanguage[sourceLanguage]
  if (!source) throw new Error(`There is no catalogue for the source language “${sourceLanguage}”.`)
  const languages = [sourceLanguage, ...Object.keys(byLanguage).filter((lang) => lang !== sourceLanguage)]
  const translators = new Map(languages.map((lang) => [lang, createTranslator(lang, byLanguage[lang] ?? {}, source)]))
  const fallback = createTranslator(sourceLanguage, source, source)
  return {
    languages,
    messages: (lang) => byLanguage[lang] ?? null,
    translator: (lang) => translators.get(lang) ?? fallback,
  }
}

/** A translator for one language; a key its messages lack is said in the source's words. Each message is compiled once. */
export function createTranslator(lang: string, messages: Catalogue, source: Catalogue): Translate {
  const compiled = new Map<string, string | IntlMessageFormat>()
  return (key, values) => {
    let message = compiled.get(key)
    if (message === undefined) {
      const own = messages[key]
      message = own === undefined ? compile(source[key] ?? key, sourceLanguage) : compile(own, lang)
      compiled.set(key, message)
    }
    return typeof message === 'string' ? message : String(message.format(values))
  }
}

function compile(message: string, lang: string): string | IntlMessageFormat {
  if (!/[{'#]/.test(message)) return message
  return new IntlMessageFormat(message, formatLocale(lang), undefined, { ignoreTag: true })
}

function readCatalogue(path: string): Catalogue {
  const parsed: unknown = JSON.parse(readFileSync(path, 'utf8'))
  if (!isCatalogue(parsed)) throw new Error(`${path} is not an object of messages.`)
  return parsed
}

function isCatalogue(value: unknown): value is Catalogue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  return Object.values(value).every((message) => typeof message === 'string')
}
