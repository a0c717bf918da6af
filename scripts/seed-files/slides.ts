import { documentFonts } from '#platform/pdf/index.ts'

const fonts = documentFonts.map((font) => JSON.stringify(font)).join(', ')

/** Slides in Typst: a title, then points. It holds no words. */
export const slidesTemplate = String.raw`
#let doc = json(bytes(sys.inputs.data))
#let accent = rgb("#0b4f57")
#set document(title: doc.title, date: none)
#set text(font: (${fonts}), size: 20pt, lang: doc.lang)
#set page(width: 254mm, height: 142.875mm, margin: (x: 20mm, top: 18mm, bottom: 16mm),
  footer: context { set text(size: 10pt, fill: rgb("#4a4f55")); grid(columns: (1fr, auto), doc.mark, counter(page).display()) })
#show heading.where(level: 1): set text(size: 34pt, fill: accent)
#show heading.where(level: 2): set text(size: 27pt, fill: accent)
#v(1fr)
#heading(level: 1, doc.title)
#doc.subtitle
#v(1fr)
#for slide in doc.slides {
  pagebreak()
  heading(level: 2, slide.title)
  v(6mm)
  list(spacing: 1.1em, ..slide.points)
}
`

/** What the slides of the December 2021 example say. Nothing of it was said by anybody. */
export const slides = {
  lang: 'fr',
  title: 'Relier développement durable et réintégration',
  subtitle: 'Présentation fictive, faite pour la démonstration de Passerelle',
  mark: 'Document fictif : personne n’a présenté ces diapositives.',
  slides: [
    {
      title: 'Ce que montre cet exemple',
      points: [
        'Un document gardé par le hub, avec sa langue, son type et sa taille.',
        'Il tient à une session du séminaire, dont il suit la publication et le retrait.',
        'Il se télécharge en une fois ou par morceaux, sur une connexion qui coupe.',
      ],
    },
    {
      title: 'Trois questions pour une discussion',
      points: [
        'Quels plans locaux tiennent déjà compte des personnes de retour ?',
        'Qui finance la suite quand un projet se termine ?',
        'Quelles données les deux côtés peuvent-ils partager ?',
      ],
    },
    {
      title: 'À remplacer',
      points: ['Un hub en service met ici la présentation de l’intervenante ou de l’intervenant.'],
    },
  ],
} as const
