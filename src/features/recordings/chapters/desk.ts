import { only, type DeskKind } from '#features/desk/index.ts'
import { readClock } from '#platform/time.ts'
import { checkChapter, readChapterFacts, readSeminarsOfChapters, writeChapterFacts } from './store.ts'

/** A day is the most that a recording is. */
const LONGEST = 86_400_000

/** What the desk knows of a chapter of a recording: a title, translated as any text, and where it begins. */
export const chapterKind: DeskKind = {
  kind: 'chapter',
  label: 'translation.kind.chapter',
  plural: 'recording.chapters',
  texts: { title: { label: 'translation.field.title' } },
  facts: [
    {
      name: 'recording',
      type: 'record',
      kinds: ['recording'],
      label: 'translation.kind.recording',
      required: true,
      fixed: true,
    },
    {
      name: 'start',
      type: 'text',
      label: 'desk.fact.chapterStart',
      help: 'desk.help.chapterStart',
      required: true,
    },
  ],
  whole: { kind: 'recording', fact: 'recording', of: readSeminarsOfChapters },
  readFacts: readChapterFacts,
  writeFacts: writeChapterFacts,
  check: (facts) => {
    const start = only(facts, 'start')
    const at = readClock(start)
    const isPlace = at !== null && at <= LONGEST
    return start === '' || isPlace ? [] : [{ fact: 'start', message: 'desk.problem.chapterStart' }]
  },
  checkStored: checkChapter,
}
