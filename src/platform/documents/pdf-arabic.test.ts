import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { packageRoot } from '#platform/root.ts'
import { inPieces } from '#testing/files.ts'
import { aPdf } from '#testing/pdf.ts'
import { readDocument, type Block } from './index.ts'

async function blocksOf(content: Uint8Array): Promise<(readonly Block[])[]> {
  const outcome = await readDocument({ type: 'application/pdf', content: inPieces(content, 65_536) })
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail}`)
  return outcome.document.pages.map(({ blocks }) => blocks)
}

const heading = (level: 1 | 2 | 3, text: string): Block => ({ kind: 'heading', level, text })
const paragraph = (text: string): Block => ({ kind: 'paragraph', text })

// Its letters are drawn in parts, dots and vowels apart from what they stand at, and some of the parts say the whole letter.
test('the demonstration paper in Arabic is read word by word', async () => {
  expect(await blocksOf(await readFile(join(packageRoot(), 'seeds/files/kp-2-ar.pdf')))).toEqual([
    [
      paragraph('نص مصطنع لعرض برنامج Passerelle، وليس نص المنشور.'),
      heading(1, 'الورقة المعرفية رقم 2: بناء الصلات بين التنمية المستدامة وإعادة الإدماج وتعزيزها'),
      paragraph(
        'تبحث في تأثير كل من التنمية المستدامة وإعادة الإدماج في الأخرى، مع مشاريع ميدانية. وقد اتخذتها ندوة كانون الأول/ديسمبر 2021 منطلقاً لها.',
      ),
    ],
    [
      heading(2, 'عن هذا الملف'),
      paragraph(
        'يقع هذا الملف حيث يكون المنشور. العنوان والمعلومات الواردة في صفحته وحدها حقيقية، أما النص فقد كُتب لبيان ما يفعله المركز بالملف.',
      ),
      paragraph(
        'يحفظ المركز كل ملف مع لغته وعدد صفحاته وحجمه، ويقدّم نص صفحاته على شكل صفحات ويب صغيرة تُفتح عبر اتصال بطيء.',
      ),
      heading(3, 'ما يمكن للقارئ فعله'),
      {
        kind: 'list',
        items: [
          'قراءة النص صفحة بصفحة من دون تنزيل الملف كله.',
          'الإشارة إلى صفحة بعينها، فلكل صفحة عنوانها.',
          'معرفة ما إذا كان الملف بلغته على الفور.',
        ],
      },
    ],
    [
      heading(2, 'ثلاثة أسئلة للنقاش'),
      heading(3, 'قبل العودة'),
      paragraph(
        'من يتحدث مع الأشخاص قبل مغادرتهم، وماذا يعرف عن ذلك من يستقبلهم لاحقاً؟ فالخطة التي توضع في أحد جانبي الحدود قليلة الجدوى إن لم يستطع أحد قراءتها في الجانب الآخر.',
      ),
      heading(3, 'بعد العودة'),
      paragraph(
        'أي الخدمات المحلية كانت قائمة قبل البرنامج وستبقى بعده؟ فالعمل الذي يعززها يدوم أكثر من المنحة، والعمل الذي يجري بجانبها ينتهي بانتهائها.',
      ),
      heading(3, 'ما يستحق القياس'),
      paragraph(
        'لا تتقدم إعادة الإدماج الاقتصادية والاجتماعية والنفسية معاً. والسؤال عنها جميعاً في أوقات مختلفة يُظهر ما يخفيه رقم واحد.',
      ),
    ],
  ])
})

const utf16 = (text: string) => `<FEFF${Buffer.from(text, 'utf16le').swap16().toString('hex')}>`
const shape = (x: number, y: number, letters: string) => `BT /F1 12 Tf 1 0 0 1 ${x} ${y} Tm (${letters}) Tj ET`
const span = (said: string, ...shapes: readonly string[]) =>
  `/Span << /ActualText ${said} >> BDC ${shapes.join(' ')} EMC`
const reversed = (...shapes: readonly string[]) => `/ReversedChars BMC ${shapes.join(' ')} EMC`
const pageOf = (...content: readonly string[]) => aPdf([Buffer.from(content.join('\n'), 'latin1')])

test('what a file says of its shapes is read instead of them, in every way a file may write it', async () => {
  const content = pageOf(
    span(utf16('ﬁn'), shape(60, 700, 'xx')),
    span('<EFBBBFC3A9>', shape(60, 660, 'x')),
    span('(caf\\351)', shape(60, 620, 'x')),
    span(utf16('outer'), span(utf16('inner'), shape(60, 580, 'x'))),
    span(utf16('one'), shape(60, 540, 'x'), shape(70, 540, 'y')),
    span('()', shape(60, 500, 'shown')),
  )

  expect(await blocksOf(content)).toEqual([['ﬁn', 'é', 'café', 'outer', 'one', 'shown'].map(paragraph)])
})

test('Arabic letters that a file names one by one are all there, once, in the order in which they are read', async () => {
  // From left to right as it stands: the last letter of the line comes first.
  const content = pageOf(
    span(utf16('م'), reversed(shape(60, 700, 'm'))),
    span(utf16('لا'), reversed(shape(70, 700, 'w'))),
    // A letter of two parts, each of which says it; then another of the same letter.
    span(utf16('س'), reversed(shape(80, 700, 'w'))),
    span(utf16('س'), reversed(shape(83, 697, 'i'))),
    span(utf16('س'), reversed(shape(89, 700, 'w'))),
    // Its vowel is drawn on its own, right above it.
    span(utf16('ل'), shape(98, 700, 'w')),
    span(utf16('ُ'), shape(100, 703, 'i')),
    shape(112, 700, 'IOM 2021'),
    shape(180, 700, ' '),
    span(utf16('في'), shape(184, 700, 'ww')),
  )

  expect(await blocksOf(content)).toEqual([[paragraph('في IOM 2021 لُسسلام')]])
})

test('figures at the end of an Arabic paragraph close its bracket', async () => {
  const content = pageOf(
    span(utf16('من تقرير عن إعادة الإدماج (لعام'), shape(60, 700, 'wwwwwwwwwwwwwwww')),
    shape(200, 686, '.\\(2021'),
  )

  expect(await blocksOf(content)).toEqual([[paragraph('من تقرير عن إعادة الإدماج (لعام 2021).')]])
})
