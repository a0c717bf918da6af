import { phrases } from './phrases.ts'
import { fold } from './fold.ts'
import { languageNames } from './words.ts'
import type { Line } from './types.ts'

export type Attributes = ReadonlyMap<string, string>

const alwaysFurniture = new Set(['nav', 'dialog'])
const outerFurniture = new Set(['header', 'footer'])
const roles = new Set(['navigation', 'banner', 'contentinfo', 'search', 'alertdialog', 'dialog'])
const classes = [
  'breadcrumb',
  'cookie',
  'share-',
  'sharing',
  'social',
  'skip-',
  'skiplink',
  'visually-hidden',
  'sr-only',
  'language-switch',
  'lang-switch',
  'navbar',
  'main-menu',
  'site-header',
  'site-footer',
  'back-to-top',
  'gdpr',
]
const exempt = new Set(['html', 'body', 'main', 'article', 'section', 'h1', 'h2', 'h3', 'td', 'tr', 'table'])

/** Whether an HTML element belongs to the site rather than to the page; `inside` an article, a header is its own. */
export function isFurnitureElement(name: string, attributes: Attributes, inside: boolean): boolean {
  if (alwaysFurniture.has(name) || (outerFurniture.has(name) && !inside)) return true
  if (attributes.has('hidden') || roles.has(attributes.get('role') ?? '')) return !exempt.has(name)
  if (exempt.has(name)) return false
  const marks = `${attributes.get('class') ?? ''} ${attributes.get('id') ?? ''}`.slice(0, 500).toLowerCase().split(/\s/)
  return marks.some((mark) => mark === 'share' || classes.some((known) => mark.startsWith(known)))
}

/** Whole lines, folded, without the sign or arrow at either end. */
const lines: ReadonlySet<string> = new Set(
  phrases(
    'skip to main content | skip to content | skip to navigation | skip navigation | jump to content',
    'aller au contenu principal | aller au contenu | passer au contenu principal | passer au contenu',
    'pasar al contenido principal | saltar al contenido principal | saltar al contenido',
    'ir al contenido principal | ir al contenido | saltar para o conteudo principal | saltar para o conteudo',
    'ir para o conteudo principal | ir para o conteudo | pular para o conteudo principal',
    'pular para o conteudo | passar para o conteudo principal | انتقل الى المحتوى الرئيسي',
    'تجاوز الى المحتوى الرئيسي | تخطي الى المحتوى الرئيسي | back to top | top | haut de page',
    'retour en haut | retour en haut de page | volver arriba | voltar ao topo | ir arriba | topo | home',
    'accueil | inicio | pagina inicial | menu | main menu | main navigation | navigation principale',
    'menu principal | navegacion principal | navegacao principal | navigation | close | breadcrumb',
    "fil d'ariane | ruta de navegacion | sobrescribir enlaces de ayuda a la navegacion | fermer | search",
    'rechercher | recherche | buscar | pesquisar | procurar | share | partager | compartir | partilhar',
    'compartilhar | share this page | partager cette page | share on facebook | share on twitter',
    'share on linkedin | share on x | partager sur facebook | partager sur twitter | partager sur linkedin',
    'compartir en facebook | compartir en twitter | compartir en linkedin | facebook | twitter | linkedin',
    'whatsapp | youtube | instagram | tweet | print | print this page | imprimer | imprimir',
    'email this page | follow us | suivez-nous | siganos | siga-nos | log in | login | sign in',
    'se connecter | connexion | iniciar sesion | entrar | iniciar sessao | accept | accept all',
    'accept all cookies | accepter | refuser | aceptar | rechazar | aceitar | rejeitar | decline | reject',
    'tout accepter | aceptar todo | aceitar tudo | privacy policy | terms of use | mentions legales',
    'politique de confidentialite | politica de privacidad | politica de privacidade | all rights reserved',
    'tous droits reserves | todos los derechos reservados | todos os direitos reservados | sitemap',
    'plan du site | mapa del sitio | mapa do site | subscribe',
  ).map(fold),
)

const crumbs = /^(?:home|accueil|inicio|pagina inicial) ?(?:[>»›/|]|::|-) ?\S/
const cookies = /^(?:.{0,120} )?cookies?\b/
const cookieWords = /(?:use|uses|utilise|utilisons|utiliza|utilizamos|usa|usamos|consent|accept|acept|aceit|sit[eio])/

/** Whether a line of text is the site's own: a skip link, breadcrumbs, a cookie banner, share buttons. */
export function isFurnitureLine(line: Line): boolean {
  const { folded } = line
  if (folded.length > 300) return false
  const bare = folded.replace(/^[\s>»›^↑*[(|]{1,5}/, '').replace(/[\s>»›^↑:.\])|]{1,5}$/, '')
  if (lines.has(bare)) return true
  if (folded.length < 200 && crumbs.test(folded)) return true
  if (cookies.test(folded) && cookieWords.test(folded)) return true
  return /^(?:©|\(c\)|copyright\b)/.test(folded)
}

/** Whether a line is nothing but names of languages (“English | Français”); outside the links, that is a switch. */
export function isLanguageSwitch(line: Line): boolean {
  if (line.folded.length > 120) return false
  const words = line.folded.split(/[\s|/,·•()-]+/).filter((word) => word !== '')
  return words.length > 0 && words.length <= 12 && words.every((word) => languageNames.has(word))
}
