import { documentFonts } from '#platform/pdf/index.ts'

const fonts = documentFonts.map((font) => JSON.stringify(font)).join(', ')

/**
 * The paper agenda in Typst. It holds no words: all come as data. Positions are `start` and `end`, so a right-to-left language mirrors the
 * page. The emblem is drawn by the geometry of the Interinstitutional style guide, annex A1.
 */
export const agendaTemplate = String.raw`
#let doc = json(bytes(sys.inputs.data))
#let accent = rgb("#0b4f57")
#let quiet = rgb("#4a4f55")
#let rule-colour = rgb("#c9ced2")
#let page-start = if doc.dir == "rtl" { right } else { left }
#let direction(name) = if name == "rtl" { rtl } else { ltr }
#let say(words) = text(lang: words.lang, dir: direction(words.dir), words.text)

#set document(title: doc.documentTitle, date: none)
#set text(font: (${fonts}), size: 10pt, lang: doc.lang, dir: direction(doc.dir), top-edge: 0.8em, bottom-edge: -0.25em)
#set par(leading: 0.38em, spacing: 0.75em, linebreaks: "optimized")
#set page(
  paper: "a4",
  margin: (top: 22mm, bottom: 20mm, x: 22mm),
  header: context {
    set text(size: 8pt, fill: quiet)
    if counter(page).get().first() > 1 {
      grid(columns: (1fr, auto), column-gutter: 8mm, align(start, say(doc.title)), align(end, doc.hub))
    } else { align(start, doc.hub) }
  },
  footer: context {
    set text(size: 8pt, fill: quiet)
    grid(
      columns: (1fr, auto), column-gutter: 8mm,
      align(start, doc.address),
      align(end, text(dir: ltr, counter(page).display("1 / 1", both: true))),
    )
  },
)
#show heading.where(level: 1): set text(size: 20pt, weight: "bold")
#show heading.where(level: 1): set par(leading: 0.2em)
#show heading.where(level: 2): set text(size: 12pt, weight: "bold", fill: accent)
#show heading.where(level: 2): set block(above: 2.2em, below: 1em)
#show heading.where(level: 3): set text(size: 11pt, weight: "bold")
#show heading.where(level: 3): set block(above: 0em, below: 0.5em)

#let described(alternative, body) = if sys.version >= version(0, 14, 0) { figure(alt: alternative, body) } else { body }
#let emblem(alternative) = described(alternative, box(width: 18mm, height: 12mm, fill: rgb("#003399"), {
  let hoist = 12mm
  let outer = hoist / 18
  let inner = outer * 0.381966
  for hour in range(12) {
    let middle-x = 9mm + hoist / 3 * calc.sin(hour * 30deg)
    let middle-y = 6mm - hoist / 3 * calc.cos(hour * 30deg)
    let points = range(10).map(corner => {
      let radius = if calc.even(corner) { outer } else { inner }
      (middle-x + radius * calc.sin(corner * 36deg), middle-y - radius * calc.cos(corner * 36deg))
    })
    place(top + left, polygon(fill: rgb("#ffcc00"), stroke: none, ..points))
  }
}))

#let session-block(session) = block(breakable: true, width: 100%, below: 1.5em, grid(
  columns: (26mm, 1fr),
  column-gutter: 6mm,
  {
    v(0.6pt)
    set text(size: 10pt)
    if session.time != none { text(weight: "bold", session.time); linebreak() }
    if session.length != none { text(fill: quiet, session.length) }
  },
  {
    heading(level: 3)[#text(fill: accent, session.number + ".") #say(session.title)]
    for paragraph in session.abstract { par(align(page-start, say(paragraph))) }
    if session.note != "" { block(above: 0.5em, text(size: 8.5pt, fill: quiet, "[" + session.note + "]")) }
    if session.speakers.len() > 0 {
      block(above: 0.9em, stack(spacing: 0.5em, ..session.speakers.map(speaker => {
        text(weight: "bold", say(speaker.name))
        if speaker.what != "" { text(fill: quiet)[ · #speaker.what] }
      })))
    }
    if session.rule != "" { block(above: 0.9em, text(size: 8.5pt, session.rule)) }
    if session.channels != "" { block(above: 0.9em, text(size: 8.5pt, fill: quiet, session.channels)) }
  },
))

#text(size: 9pt, fill: quiet, doc.kicker)
#block(above: 0.8em, below: 1.2em, align(page-start, heading(level: 1, say(doc.title))))
#block(below: 0.9em, line(length: 100%, stroke: 1.2pt + accent))
#grid(
  columns: (26mm, 1fr), column-gutter: 6mm, row-gutter: 0.4em,
  ..doc.facts.map(fact => (text(fill: quiet, fact.name), text(weight: "bold", fact.value))).flatten()
)
#if doc.summary != none { block(above: 1.2em, align(page-start, say(doc.summary))) }
#if doc.note != "" { block(above: 0.5em, text(size: 8.5pt, fill: quiet, "[" + doc.note + "]")) }
#if doc.timeNote != none { block(above: 1.2em, text(size: 9pt, fill: quiet, doc.timeNote)) }

#if doc.days.len() == 0 or doc.days.first().date == none { heading(level: 2, doc.agenda) }
#if doc.empty != none { par(doc.empty) }
#for (position, day) in doc.days.enumerate() {
  if day.date != none {
    heading(level: 2, if day.name != none [#day.name · #day.date] else { day.date })
  } else if position > 0 {
    block(above: 2.2em, line(length: 100%, stroke: 0.5pt + rule-colour))
  }
  for session in day.sessions { session-block(session) }
}

#if doc.funding.len() > 0 {
  block(breakable: false, above: 2.4em, {
    line(length: 100%, stroke: 0.5pt + rule-colour)
    for funding in doc.funding {
      block(above: 1em, if funding.emblem == none { align(page-start, text(size: 8.5pt, say(funding.statement))) } else {
        grid(columns: (18mm, 1fr), column-gutter: 5mm, align: horizon, emblem(funding.emblem), align(page-start + horizon, text(size: 8.5pt, say(funding.statement))))
      })
    }
  })
}
`
