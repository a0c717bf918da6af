import { documentFonts } from '#platform/pdf/index.ts'

const fonts = documentFonts.map((font) => JSON.stringify(font)).join(', ')

/** A paper in Typst: a title page, then sections with headings. It holds no words. */
export const paperTemplate = String.raw`
#let doc = json(bytes(sys.inputs.data))
#let accent = rgb("#0b4f57")
#set document(title: doc.title, date: none)
#set text(font: (${fonts}), size: 11pt, lang: doc.lang, dir: if doc.dir == "rtl" { rtl } else { ltr })
#set par(justify: false, leading: 0.75em, spacing: 1.2em)
#set page(paper: "a4", margin: (x: 25mm, y: 25mm),
  footer: context { set text(size: 8.5pt, fill: rgb("#4a4f55")); grid(columns: (1fr, auto), gutter: 8mm, doc.mark, counter(page).display()) })
#show heading.where(level: 1): set text(size: 25pt, fill: accent)
#show heading.where(level: 2): set text(size: 16pt, fill: accent)
#show heading.where(level: 3): set text(size: 12.5pt)
#v(1fr)
#text(fill: accent, weight: "bold", doc.kicker)
#heading(level: 1, doc.title)
#doc.lede
#v(2fr)
#for section in doc.sections {
  pagebreak()
  heading(level: 2, section.title)
  for part in section.parts {
    if part.title != "" { heading(level: 3, part.title) }
    for paragraph in part.paragraphs { par(paragraph) }
    if part.points.len() > 0 { list(spacing: 1em, ..part.points) }
  }
}
`

interface Part {
  readonly title: string
  readonly paragraphs: readonly string[]
  readonly points: readonly string[]
}

export interface PaperWords {
  readonly mark: string
  readonly sections: readonly { readonly title: string; readonly parts: readonly Part[] }[]
}

const part = (title: string, paragraphs: readonly string[], points: readonly string[] = []): Part => ({
  title,
  paragraphs,
  points,
})

/** What the example papers say, whatever their title: nothing of it is in the publications they stand for. */
export const paperWords: Readonly<Record<'en' | 'fr' | 'es' | 'ar', PaperWords>> = {
  en: {
    mark: 'Made up for the demonstration of Passerelle: this is not the text of the publication.',
    sections: [
      {
        title: 'About this file',
        parts: [
          part('', [
            'This file stands where the publication would be. Only the title and the facts on the publication’s page are real; the text was written to show what a hub does with a file.',
            'A hub keeps each file with its language, its number of pages and its size, and offers the text of its pages as small web pages that open on a slow connection.',
          ]),
          part(
            'What a reader can do',
            [],
            [
              'Read the text page by page, without fetching the whole file.',
              'Point somebody to one page: each has an address of its own.',
              'See at once whether the file is in their language.',
            ],
          ),
        ],
      },
      {
        title: 'Three questions for a discussion',
        parts: [
          part('Before return', [
            'Who speaks with people before they leave, and what do those who meet them later learn of it? A plan made on one side of a border is worth little if nobody on the other side can read it.',
          ]),
          part('After return', [
            'Which local services were there before the programme and will be there after it? Work that strengthens them outlasts a grant; work beside them ends with it.',
          ]),
          part('What counts', [
            'Economic, social and psychosocial reintegration do not move together. Asking about all three, at several moments, shows what a single figure hides.',
          ]),
        ],
      },
    ],
  },
  fr: {
    mark: 'Fictif, fait pour la démonstration de Passerelle : ce n’est pas le texte de la publication.',
    sections: [
      {
        title: 'À propos de ce fichier',
        parts: [
          part('', [
            'Ce fichier se trouve là où serait la publication. Seuls le titre et les faits de sa page sont réels ; le texte a été écrit pour montrer ce qu’un pôle fait d’un fichier.',
            'Le pôle garde chaque fichier avec sa langue, son nombre de pages et son poids, et propose le texte de ses pages en petites pages web qui s’ouvrent sur une connexion lente.',
          ]),
          part(
            'Ce que l’on peut faire',
            [],
            [
              'Lire le texte page par page, sans télécharger tout le fichier.',
              'Indiquer une page à quelqu’un : chacune a son adresse.',
              'Voir aussitôt si le fichier est dans sa langue.',
            ],
          ),
        ],
      },
      {
        title: 'Trois questions pour une discussion',
        parts: [
          part('Avant le retour', [
            'Qui parle avec les personnes avant leur départ, et qu’en apprennent ceux qui les accueillent ensuite ? Un plan fait d’un côté de la frontière vaut peu si personne ne peut le lire de l’autre.',
          ]),
          part('Après le retour', [
            'Quels services locaux existaient avant le programme et existeront après lui ? Ce qui les renforce dure plus qu’une subvention ; ce qui se fait à côté d’eux finit avec elle.',
          ]),
          part('Ce qui compte', [
            'La réintégration économique, la réintégration sociale et la réintégration psychosociale n’avancent pas ensemble. Interroger sur les trois, à plusieurs moments, montre ce qu’un seul chiffre cache.',
          ]),
        ],
      },
    ],
  },
  es: {
    mark: 'Ficticio, hecho para la demostración de Passerelle: no es el texto de la publicación.',
    sections: [
      {
        title: 'Acerca de este archivo',
        parts: [
          part('', [
            'Este archivo está donde estaría la publicación. Solo son reales el título y los datos de su página; el texto se escribió para mostrar qué hace un centro con un archivo.',
            'El centro guarda cada archivo con su idioma, su número de páginas y su tamaño, y ofrece el texto de sus páginas como pequeñas páginas web que se abren con una conexión lenta.',
          ]),
          part(
            'Qué puede hacer quien lee',
            [],
            [
              'Leer el texto página por página, sin descargar todo el archivo.',
              'Señalar una página a otra persona: cada una tiene su dirección.',
              'Ver enseguida si el archivo está en su idioma.',
            ],
          ),
        ],
      },
      {
        title: 'Tres preguntas para un debate',
        parts: [
          part('Antes del retorno', [
            '¿Quién habla con las personas antes de que partan, y qué llega a saber quien las recibe después? Un plan hecho a un lado de la frontera vale poco si nadie puede leerlo al otro.',
          ]),
          part('Después del retorno', [
            '¿Qué servicios locales existían antes del programa y existirán después? Lo que los refuerza dura más que una subvención; lo que se hace aparte termina con ella.',
          ]),
          part('Lo que cuenta', [
            'La reintegración económica, la social y la psicosocial no avanzan juntas. Preguntar por las tres, en varios momentos, muestra lo que una sola cifra oculta.',
          ]),
        ],
      },
    ],
  },
  ar: {
    mark: 'نص مصطنع لعرض برنامج Passerelle، وليس نص المنشور.',
    sections: [
      {
        title: 'عن هذا الملف',
        parts: [
          part('', [
            'يقع هذا الملف حيث يكون المنشور. العنوان والمعلومات الواردة في صفحته وحدها حقيقية، أما النص فقد كُتب لبيان ما يفعله المركز بالملف.',
            'يحفظ المركز كل ملف مع لغته وعدد صفحاته وحجمه، ويقدّم نص صفحاته على شكل صفحات ويب صغيرة تُفتح عبر اتصال بطيء.',
          ]),
          part(
            'ما يمكن للقارئ فعله',
            [],
            [
              'قراءة النص صفحة بصفحة من دون تنزيل الملف كله.',
              'الإشارة إلى صفحة بعينها، فلكل صفحة عنوانها.',
              'معرفة ما إذا كان الملف بلغته على الفور.',
            ],
          ),
        ],
      },
      {
        title: 'ثلاثة أسئلة للنقاش',
        parts: [
          part('قبل العودة', [
            'من يتحدث مع الأشخاص قبل مغادرتهم، وماذا يعرف عن ذلك من يستقبلهم لاحقاً؟ فالخطة التي توضع في أحد جانبي الحدود قليلة الجدوى إن لم يستطع أحد قراءتها في الجانب الآخر.',
          ]),
          part('بعد العودة', [
            'أي الخدمات المحلية كانت قائمة قبل البرنامج وستبقى بعده؟ فالعمل الذي يعززها يدوم أكثر من المنحة، والعمل الذي يجري بجانبها ينتهي بانتهائها.',
          ]),
          part('ما يستحق القياس', [
            'لا تتقدم إعادة الإدماج الاقتصادية والاجتماعية والنفسية معاً. والسؤال عنها جميعاً في أوقات مختلفة يُظهر ما يخفيه رقم واحد.',
          ]),
        ],
      },
    ],
  },
}
