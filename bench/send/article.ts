import { bold, button, callout, heading, list, paragraph, richText } from '../../src/cli/demo/richText.ts'
import type { Article } from '../../src/payload-types.ts'

const SENTENCE =
  'Frihet fungerar bara om vi också tar ansvar för oss själva och för varandra – varje dag, i stort och i smått. '

/** 900 words, as the editor stores them: six headings with a text and a list each, a callout and a button. */
export const longContent = (): Article['content'] =>
  richText(
    paragraph('Hej! ', bold('Det här brevet'), ' är lika långt som de flesta. '),
    ...['Friheter', 'Ansvar', 'Att göra', 'Att låta bli', 'Frågor', 'Svar'].flatMap((title) => [
      heading(title),
      paragraph(SENTENCE.repeat(3)),
      list([SENTENCE], [bold('Viktigt: '), SENTENCE], [SENTENCE]),
    ]),
    callout(SENTENCE),
    button({ label: 'Läs mer', url: 'https://www.example.com/mer' }),
    paragraph(SENTENCE.repeat(4)),
  )
