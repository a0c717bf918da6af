import { fold } from './fold.ts'
import { say } from './messages.ts'
import { listSentences, listTokens, MAX_LOOK } from './token.ts'
import type { Line, ReadSeminar, Unsure } from './types.ts'
import { languageNames } from './words.ts'

export type Facts = Pick<ReadSeminar, 'mode' | 'platform' | 'form' | 'access' | 'interpretation'> & { notes: Unsure[] }

const online =
  /(?<!plateforme |plataforma |outils? |herramientas? |ferramentas? |cours |curso |biblioteca )\b(?:online|on-line|en ligne|en linea|em linha|virtual(?:ly|mente)?|virtuels?|virtuelles?|virtuellement|virtuais|a distance|a distancia|remotely)\b(?! (?:platform|tool|course|library|hub|resource|training|learning))|عبر الانترنت|افتراضي/
const webinar = /\bwebi?na(?:r|rs|ire|ires|rio|rios)\b/
const inPerson =
  /\b(?:in person|in-person|face-to-face|en presentiel|presentiel|presencial(?:mente|es)?|presenciais|en personne)\b|حضوري/
const hybrid = /\b(?:hybrid|hybride|hibrid[oa])\b/
const platforms: readonly [string, RegExp][] = [
  ['Zoom', /\bzoom\b(?! (?:in|out|sur|en|on)\b)/],
  ['Microsoft Teams', /\b(?:microsoft|ms) teams\b|\bteams (?:meeting|webinar)\b|\b(?:on|via|sur|por) teams\b/],
  ['Webex', /\bweb[- ]?ex\b/],
  ['Interactio', /\binteractio\b/],
  ['KUDO', /\bkudo\b/],
  ['GoToWebinar', /\bgotowebinar\b/],
]
const forms: readonly [NonNullable<ReadSeminar['form']>, RegExp][] = [
  ['seminar', /\bsemina(?:rs?|ires?|rios?)\b|ندوة/g],
  ['webinar', /\bwebi?na(?:rs?|ires?|rios?)\b/g],
  ['workshop', /\b(?:workshops?|ateliers?|taller(?:es)?|oficinas?)\b|ورشة/g],
  [
    'training',
    /\b(?:training (?:session|course|workshop)s?|(?:cette|session de|la|une) formation|curso de (?:capacitacion|formacion|formacao)|esta (?:capacitacion|formacion|formacao))\b/g,
  ],
]
const openToAll =
  /\b(?:open to (?:all|everyone|the public|the general public)|public (?:event|seminar|webinar)|(?:event|seminar|webinar|webinaire|seminaire|evenement|evento|seminario) (?:is |est |es |e )?(?:public|publico|ouvert)|ouvert(?:e|es|s)? (?:a tous|au public|a toutes)|abiert[oa]s? (?:a todos|al publico|a todas)|abert[oa]s? (?:a todos|ao publico|a todas))\b/
const invited =
  /\b(?:by invitation|invitation only|on invitation|sur invitation|por invitacion|por convite|mediante convite|con invitacion)\b/
const interpretationWord =
  /^(?:interpretation|interpret\p{L}*|interprete\p{L}*|interpretacion|interpretacao|traduction|traduccion|traducao|translation|الترجمة|ترجمة)$/u

/** Facts that single words tell: how people meet, on what, in which form, who may come, which interpretation. */
export function readFacts(title: string, own: readonly Line[], practical: readonly Line[]): Facts {
  const notes: Unsure[] = []
  const all = [...new Set([...practical, ...own])]
  const platform = platforms.find(([, pattern]) => all.some((line) => test(pattern, line)))?.[0] ?? null
  return {
    mode: readMode(practical, platform !== null || webinar.test(title), notes),
    platform,
    form: readForm(title, own, notes),
    access: all.some((line) => test(invited, line))
      ? 'invitation'
      : all.some((line) => test(openToAll, line))
        ? 'public'
        : null,
    interpretation: readInterpretation(all),
    notes,
  }
}

const test = (pattern: RegExp, line: Line): boolean => pattern.test(line.folded.slice(0, MAX_LOOK))

/** Whether a title says seminar, webinar, workshop or training, in any of the languages. */
export const namesSeminar = (title: string): boolean => forms.some(([, pattern]) => fold(title).match(pattern) !== null)

function readMode(lines: readonly Line[], implied: boolean, notes: Unsure[]): ReadSeminar['mode'] {
  const first = (pattern: RegExp) => lines.find((line) => test(pattern, line))
  if (first(hybrid)) return 'hybrid'
  const far = first(online) ?? first(webinar)
  const near = first(inPerson)
  if (near && (far || implied)) {
    notes.push(say.bothModes(near.number))
    return null
  }
  if (near) return 'in-person'
  return far || implied ? 'online' : null
}

function readForm(title: string, lines: readonly Line[], notes: Unsure[]): ReadSeminar['form'] {
  const named = forms.find(([, pattern]) => title.match(pattern))?.[0]
  if (named) return named
  const counts = forms.map(([form, pattern]) => {
    const count = lines.reduce((sum, line) => sum + (line.folded.slice(0, MAX_LOOK).match(pattern)?.length ?? 0), 0)
    return { form, count }
  })
  const [best, second] = counts.filter(({ count }) => count > 0).sort((one, other) => other.count - one.count)
  if (!best) return null
  if (second && second.count * 3 > best.count) {
    notes.push(say.twoWords('form', `both “${best.form}” and “${second.form}”`, best.form, lines[0]?.number ?? null))
  }
  return best.form
}

function readInterpretation(lines: readonly Line[]): string[] {
  const found = new Set<string>()
  for (const line of lines) {
    for (const { start, end } of listSentences(line.folded)) {
      const words = listTokens(line.folded.slice(start, end)).map((token) => token.word)
      if (!words.some((word) => interpretationWord.test(word))) continue
      for (const [index, word] of words.entries()) {
        const code = word.length > 3 ? languageNames.get(word.replace(/^و/, '')) : undefined
        if (code && !/^(?:agenda|slides|presentation)$/.test(words[index + 1] ?? '')) found.add(code)
      }
    }
  }
  return [...found].sort()
}
