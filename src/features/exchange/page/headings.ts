import { fold } from './fold.ts'

export type SectionKind =
  | 'title'
  | 'dates'
  | 'time'
  | 'objectives'
  | 'format'
  | 'audiences'
  | 'background'
  | 'agenda'
  | 'recordings'
  | 'presentation'
  | 'registration'
  | 'publication'
  | 'place'
  | 'languages'
  | 'other'

type Table = Readonly<Record<SectionKind, readonly string[]>>

const en: Table = {
  title: ['title'],
  dates: ['date', 'dates', 'date and time', 'dates and time', 'dates and times', 'when', 'when is it'],
  time: ['time', 'times', 'timing', 'hours', 'schedule and time'],
  objectives: [
    ...['objective', 'objectives', 'the objectives', 'main objectives', 'specific objectives', 'general objective'],
    ...['aim', 'aims', 'purpose', 'goal', 'goals', 'objectives of the seminar', 'seminar objectives', 'overall objective'],
    ...['about the seminar', 'about the webinar', 'about this seminar', 'about this webinar', 'overview'],
  ],
  format: ['format', 'the format', 'structure', 'format of the seminar', 'seminar format', 'modality', 'modalities'],
  audiences: [
    ...['audience', 'audiences', 'target audience', 'target audiences', 'participants', 'participant', 'who should attend'],
    ...['for whom', 'who is it for', 'who can attend', 'intended audience', 'target group', 'target groups'],
  ],
  background: ['background', 'context', 'the context', 'introduction', 'rationale', 'background information'],
  agenda: ['agenda', 'agendas', 'programme', 'program', 'sessions', 'session', 'schedule', 'the sessions', 'main sessions'],
  recordings: ['recording', 'recordings', 'video', 'videos', 'video recording', 'video recordings', 'watch', 'watch again'],
  presentation: ['presentation', 'presentations', 'slides', 'slide deck', 'powerpoint', 'documents', 'materials', 'resources'],
  registration: [
    ...['registration', 'register', 'how to register', 'how to join', 'how to participate', 'registration link', 'sign up'],
    ...['how to attend', 'join', 'join us', 'registration details', 'access'],
  ],
  publication: ['publication', 'publications', 'related publications', 'further reading', 'read more', 'related documents'],
  place: ['place', 'venue', 'location', 'where', 'platform'],
  languages: ['language', 'languages', 'interpretation', 'languages and interpretation', 'working languages'],
  other: ['contact', 'contacts', 'contact us', 'speakers', 'organisers', 'organizers', 'related content', 'see also', 'news', 'tags', 'share'],
}

const fr: Table = {
  title: ['titre'],
  dates: ['date', 'dates', 'date et heure', 'dates et heures', 'date et horaire', 'dates et horaires', 'quand'],
  time: ['heure', 'heures', 'horaire', 'horaires'],
  objectives: [
    ...['objectif', 'objectifs', 'les objectifs', "l'objectif", 'but', 'buts', 'objectif general', 'objectifs specifiques'],
    ...['objectifs du seminaire', 'objectif du seminaire', 'objectifs du webinaire', 'objectif du webinaire', 'finalite'],
    ...['a propos du seminaire', 'a propos du webinaire'],
  ],
  format: ['format', 'le format', 'formats', 'modalite', 'modalites', 'deroulement', 'structure', 'format du seminaire'],
  audiences: [
    ...['public', 'public cible', 'publics cibles', 'public vise', 'participants', 'participant', 'les participants'],
    ...['a qui', 'pour qui', 'audience', "a qui s'adresse le seminaire", "a qui s'adresse ce seminaire", 'participantes et participants'],
  ],
  background: ['contexte', 'le contexte', 'contexte general', 'introduction', 'historique', 'presentation generale', 'cadre'],
  agenda: ['agenda', 'ordre du jour', 'programme', 'sessions', 'session', 'les sessions', 'seances', 'calendrier'],
  recordings: ['enregistrement', 'enregistrements', 'video', 'videos', 'enregistrement video', 'enregistrements video', 'revoir le seminaire'],
  presentation: ['presentation', 'presentations', 'diapositives', 'diaporama', 'documents', 'ressources', 'supports', 'supports de presentation'],
  registration: [
    ...['inscription', 'inscriptions', "s'inscrire", "comment s'inscrire", 'comment participer', "lien d'inscription"],
    ...["modalites d'inscription", 'participer', 'participation', 'rejoindre', "pour s'inscrire"],
  ],
  publication: ['publication', 'publications', 'pour en savoir plus', 'en savoir plus', 'publications connexes', 'a lire'],
  place: ['lieu', 'ou', 'plateforme', 'endroit'],
  languages: ['langue', 'langues', 'interpretation', 'langues et interpretation', 'interpretariat', 'langues de travail'],
  other: ['contact', 'contacts', 'contactez-nous', 'intervenants', 'intervenantes et intervenants', 'organisateurs', 'voir aussi', 'contenu connexe', 'actualites'],
}

const es: Table = {
  title: ['titulo'],
  dates: ['fecha', 'fechas', 'fecha y hora', 'fechas y hora', 'fechas y horas', 'fechas y horarios', 'cuando'],
  time: ['hora', 'horas', 'horario', 'horarios'],
  objectives: [
    ...['objetivo', 'objetivos', 'los objetivos', 'el objetivo', 'proposito', 'finalidad', 'objetivo general'],
    ...['objetivos especificos', 'objetivos del seminario', 'objetivo del seminario', 'acerca del seminario', 'sobre el seminario'],
  ],
  format: ['formato', 'el formato', 'modalidad', 'modalidades', 'estructura', 'metodologia', 'formato del seminario'],
  audiences: [
    ...['publico', 'publico destinatario', 'publico objetivo', 'publico meta', 'participantes', 'audiencia', 'destinatarios'],
    ...['dirigido a', 'a quien va dirigido', 'a quien esta dirigido', 'los participantes'],
  ],
  background: ['antecedentes', 'contexto', 'el contexto', 'introduccion', 'justificacion', 'marco'],
  agenda: ['agenda', 'programa', 'sesiones', 'sesion', 'las sesiones', 'orden del dia', 'calendario'],
  recordings: ['grabacion', 'grabaciones', 'video', 'videos', 'grabacion de video', 'las grabaciones'],
  presentation: ['presentacion', 'presentaciones', 'diapositivas', 'documentos', 'materiales', 'recursos'],
  registration: ['inscripcion', 'inscripciones', 'registro', 'como inscribirse', 'como registrarse', 'como participar', 'inscribase', 'enlace de registro'],
  publication: ['publicacion', 'publicaciones', 'mas informacion', 'publicaciones relacionadas', 'para saber mas'],
  place: ['lugar', 'donde', 'plataforma', 'sede'],
  languages: ['idioma', 'idiomas', 'lengua', 'lenguas', 'interpretacion', 'idiomas e interpretacion', 'idiomas de trabajo'],
  other: ['contacto', 'contactos', 'ponentes', 'oradores', 'organizadores', 'vease tambien', 'ver tambien', 'contenido relacionado', 'noticias'],
}

const pt: Table = {
  title: ['titulo'],
  dates: ['data', 'datas', 'data e hora', 'datas e hora', 'datas e horas', 'data e horario', 'datas e horarios', 'quando'],
  time: ['hora', 'horas', 'horario', 'horarios'],
  objectives: [
    ...['objetivo', 'objetivos', 'objectivo', 'objectivos', 'os objetivos', 'o objetivo', 'finalidade', 'proposito'],
    ...['objetivo geral', 'objetivos especificos', 'objetivos do seminario', 'objetivo do seminario', 'sobre o seminario'],
  ],
  format: ['formato', 'o formato', 'modalidade', 'modalidades', 'estrutura', 'metodologia', 'formato do seminario'],
  audiences: [
    ...['publico', 'publico-alvo', 'publico alvo', 'participantes', 'os participantes', 'audiencia', 'destinatarios'],
    ...['a quem se destina', 'a quem e dirigido', 'para quem'],
  ],
  background: ['contexto', 'o contexto', 'antecedentes', 'enquadramento', 'introducao', 'contextualizacao', 'justificativa'],
  agenda: ['agenda', 'programa', 'sessoes', 'sessao', 'as sessoes', 'ordem do dia', 'ordem de trabalhos', 'calendario'],
  recordings: ['gravacao', 'gravacoes', 'video', 'videos', 'gravacao em video', 'as gravacoes'],
  presentation: ['apresentacao', 'apresentacoes', 'diapositivos', 'documentos', 'materiais', 'recursos', 'slides'],
  registration: ['inscricao', 'inscricoes', 'registo', 'registro', 'como se inscrever', 'como inscrever-se', 'como participar', 'inscreva-se'],
  publication: ['publicacao', 'publicacoes', 'saiba mais', 'mais informacoes', 'publicacoes relacionadas'],
  place: ['local', 'lugar', 'onde', 'plataforma'],
  languages: ['lingua', 'linguas', 'idioma', 'idiomas', 'interpretacao', 'linguas e interpretacao', 'linguas de trabalho'],
  other: ['contacto', 'contactos', 'contato', 'contatos', 'oradores', 'oradoras e oradores', 'palestrantes', 'organizadores', 'ver tambem', 'conteudo relacionado', 'noticias'],
}

const ar: Table = {
  title: ['العنوان'],
  dates: ['التاريخ', 'التواريخ', 'التاريخ والوقت', 'الموعد'],
  time: ['الوقت', 'التوقيت'],
  objectives: ['الاهداف', 'الهدف', 'اهداف الندوة'],
  format: ['الشكل', 'الصيغة', 'التنسيق', 'طريقة الانعقاد'],
  audiences: ['المشاركون', 'الجمهور', 'الجمهور المستهدف', 'الفئة المستهدفة'],
  background: ['الخلفية', 'خلفية', 'السياق', 'المعلومات الاساسية', 'معلومات اساسية'],
  agenda: ['جدول الاعمال', 'البرنامج', 'الجلسات'],
  recordings: ['التسجيلات', 'التسجيل', 'الفيديو', 'تسجيلات'],
  presentation: ['العروض', 'العرض', 'العرض التقديمي', 'العروض التقديمية', 'الوثائق'],
  registration: ['كيفية التسجيل', 'التسجيل للمشاركة', 'رابط التسجيل'],
  publication: ['المنشورات', 'للمزيد'],
  place: ['المكان', 'المنصة'],
  languages: ['اللغات', 'اللغة', 'الترجمة الفورية'],
  other: ['للاتصال', 'الاتصال', 'المتحدثون', 'انظر ايضا'],
}

const kinds: ReadonlyMap<string, SectionKind> = new Map(
  [en, fr, es, pt, ar].flatMap((table) => {
    const entries: [string, SectionKind][] = []
    const add = (kind: SectionKind) => entries.push(...table[kind].map((words): [string, SectionKind] => [words, kind]))
    for (const kind of [
      ...(['other', 'title', 'languages', 'place', 'publication', 'registration', 'presentation', 'recordings'] as const),
      ...(['agenda', 'background', 'audiences', 'format', 'objectives', 'time', 'dates'] as const),
    ])
      add(kind)
    return entries
  }),
)

/** What the sections named by a heading are, in its order; empty when it is not one that is known. */
export function matchHeading(folded: string): SectionKind[] {
  if (folded.length === 0 || folded.length > 90) return []
  const bare = folded
    .replace(/^[\s*#>•-]{1,10}/, '')
    .replace(/^(?:\d{1,2}|[ivx]{1,4})[.)] /, '')
    .replace(/[\s:.*#?!؟-]{1,10}$/, '')
  const whole = kinds.get(bare)
  if (whole) return [whole]
  const parts = bare
    .split(/\s*[,،/&+]\s*|\s+(?:and|et|y|e|ou|or|o|n)\s+|\s+و\s*/)
    .map((part) => part.replace(/^(?:the|le|la|les|l'|el|los|las|o|os|as|a|des|du) ?/, ''))
    .filter((part) => part !== '')
  if (parts.length < 2 || parts.length > 5) return []
  const found = parts.map((part) => kinds.get(part))
  return found.flatMap((kind) => (kind ? [kind] : [])).length === parts.length
    ? [...new Set(found.flatMap((kind) => (kind ? [kind] : [])))]
    : []
}

/** A heading and its content on one line, “Date: 1-2 December 2021”; `at` is where the content begins. */
export function matchLabel(text: string): { kinds: SectionKind[]; at: number } | null {
  const colon = text.slice(0, 60).indexOf(':')
  if (colon < 2 || colon >= text.length - 1) return null
  const found = matchHeading(fold(text.slice(0, colon)))
  if (found.length === 0) return null
  const rest = text.slice(colon + 1)
  return { kinds: found, at: colon + 1 + (rest.length - rest.trimStart().length) }
}
