import { phrases } from '../phrases.ts'
import type { HeadingTable } from './kinds.ts'

export const es: HeadingTable = {
  title: ['titulo'],
  dates: ['fecha', 'fechas', 'fecha y hora', 'fechas y hora', 'fechas y horas', 'fechas y horarios', 'cuando'],
  time: ['hora', 'horas', 'horario', 'horarios'],
  objectives: phrases(
    'objetivo | objetivos | los objetivos | el objetivo | proposito | finalidad | objetivo general',
    'objetivos especificos | objetivos del seminario | objetivo del seminario | acerca del seminario',
    'sobre el seminario',
  ),
  format: ['formato', 'el formato', 'modalidad', 'modalidades', 'estructura', 'metodologia', 'formato del seminario'],
  audiences: phrases(
    'publico | publico destinatario | publico objetivo | publico meta | participantes | audiencia',
    'destinatarios | dirigido a | a quien va dirigido | a quien esta dirigido | los participantes',
  ),
  background: ['antecedentes', 'contexto', 'el contexto', 'introduccion', 'justificacion', 'marco'],
  agenda: ['agenda', 'programa', 'sesiones', 'sesion', 'las sesiones', 'orden del dia', 'calendario'],
  recordings: ['grabacion', 'grabaciones', 'video', 'videos', 'grabacion de video', 'las grabaciones'],
  presentation: ['presentacion', 'presentaciones', 'diapositivas', 'documentos', 'materiales', 'recursos'],
  registration: [
    'inscripcion',
    'inscripciones',
    'registro',
    'como inscribirse',
    'como registrarse',
    'como participar',
    'inscribase',
    'enlace de registro',
  ],
  publication: ['publicacion', 'publicaciones', 'mas informacion', 'publicaciones relacionadas', 'para saber mas'],
  place: ['lugar', 'donde', 'plataforma', 'sede'],
  languages: [
    'idioma',
    'idiomas',
    'lengua',
    'lenguas',
    'interpretacion',
    'idiomas e interpretacion',
    'idiomas de trabajo',
  ],
  other: [
    'contacto',
    'contactos',
    'ponentes',
    'oradores',
    'organizadores',
    'vease tambien',
    'ver tambien',
    'contenido relacionado',
    'noticias',
  ],
}
