import { fold } from './fold.ts'

type Words = ReadonlyMap<string, number>

/** Rows of equivalents: the words of row n mean n + `first`. Words are folded (see fold.ts), all languages together. Folding again keeps the Arabic letters alike. */
function rows(first: number, table: readonly string[]): Words {
  return new Map(
    table.flatMap((row, index) => row.split(' ').map((word): [string, number] => [fold(word), first + index])),
  )
}

export const months: Words = rows(1, [
  'january jan janvier janv enero ene janeiro يناير',
  'february feb fevrier fevr fev febrero fevereiro فبراير',
  'march mar mars marzo marco مارس',
  'april apr avril avr abril abr ابريل',
  'may mai mayo maio مايو',
  'june jun juin junio junho يونيو',
  'july jul juillet juil julio julho يوليو',
  'august aug aout agosto ago اغسطس',
  'september sep sept septembre septiembre setiembre setembro set سبتمبر',
  'october oct octobre octubre outubro اكتوبر',
  'november nov novembre noviembre novembro نوفمبر',
  'december dec decembre diciembre dic dezembro dez ديسمبر',
])

/** English writes the month first; the words that no other language here shares. */
export const englishMonths: ReadonlySet<string> = new Set(
  'january february march april may june july august september october november december jan feb mar apr jun jul aug sep sept oct nov dec'.split(
    ' ',
  ),
)

/** Monday is 1, Sunday 7. */
export const weekdays: Words = rows(1, [
  'monday mon lundi lunes segunda الاثنين',
  'tuesday tue mardi martes terca الثلاثاء',
  'wednesday wed mercredi miercoles quarta الاربعاء',
  'thursday thu jeudi jueves quinta الخميس',
  'friday fri vendredi viernes sexta الجمعة',
  'saturday sat samedi sabado السبت',
  'sunday sun dimanche domingo الاحد',
])

const numbers: Words = rows(1, [
  'one a an un une uno una um uma',
  'two deux dos dois duas',
  'three trois tres',
  'four quatre cuatro quatro',
  'five cinq cinco',
  'six seis',
  'seven sept siete sete',
  'eight huit ocho oito',
  'nine neuf nueve nove',
  'ten dix diez dez',
  'eleven onze once',
  'twelve douze doce doze',
])

const ordinals: Words = rows(1, [
  'first premier premiere primer primero primera primeiro primeira الاول الاولى',
  'second deuxieme seconde segundo segunda الثاني الثانية',
  'third troisieme tercer tercero tercera terceiro terceira الثالث الثالثة',
  'fourth quatrieme cuarto cuarta quarto quarta الرابع الرابعة',
  'fifth cinquieme quinto quinta الخامس الخامسة',
  'sixth sixieme sexto sexta السادس السادسة',
  'seventh septieme septimo septima setimo setima',
  'eighth huitieme octavo octava oitavo oitava',
  'ninth neuvieme noveno novena nono nona',
  'tenth dixieme decimo decima',
])

/** A number in digits (at most three) or in words, folded; null when it is neither. */
export function readNumber(word: string): number | null {
  if (/^\d{1,3}$/.test(word)) return Number(word)
  return numbers.get(word) ?? null
}

/** An ordinal in words or as 3rd, 3e, 3eme, folded; null when it is neither. */
export function readOrdinal(word: string): number | null {
  const digits = /^(\d{1,2})(?:st|nd|rd|th|e|er|re|eme|o|a)$/.exec(word)
  return digits ? Number(digits[1]) : (ordinals.get(word) ?? null)
}

export const seminarNouns =
  /^(?:seminars?|seminaires?|seminarios?|webinars?|webinaires?|webinarios?|webinarios?|workshops?|ateliers?|talleres|taller|oficinas?|ندوة|الندوة|ندوات)$/

/** The names of languages, in the languages read, folded. */
export const languageNames: ReadonlyMap<string, string> = new Map([
  ...'english anglais anglaise ingles inglesa الانجليزية en eng'
    .split(' ')
    .map((word): [string, string] => [word, 'en']),
  ...'french francais francaise frances francesa الفرنسية fr fra'
    .split(' ')
    .map((word): [string, string] => [word, 'fr']),
  ...'spanish espagnol espagnole espanol espanola espanhol espanhola الاسبانية es esp spa'
    .split(' ')
    .map((word): [string, string] => [word, 'es']),
  ...'portuguese portugais portugaise portugues portuguesa البرتغالية pt por'
    .split(' ')
    .map((word): [string, string] => [word, 'pt']),
  ...'arabic arabe العربية عربي ar ara'.split(' ').map((word): [string, string] => [word, 'ar']),
])
