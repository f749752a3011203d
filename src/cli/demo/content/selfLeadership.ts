import type { Article } from '../../../payload-types.ts'
import {
  articleLink,
  bold,
  button,
  callout,
  heading,
  image,
  italic,
  list,
  paragraph,
  richText,
  type RichText,
} from '../richText.ts'
import type { InBoth } from './site.ts'

/** What the text refers to. */
export interface References {
  sketch: number | string
  walk: Article['id']
}

interface Text {
  title: string
  excerpt: string
  subject: string
  preheader: string
  content: (references: References) => RichText
}

const sv: Text = {
  title: 'Att leda sig själv – och ändå vara ett lag',
  excerpt: 'En timme, en tavla och två listor: vad vi är fria att göra, och vad vi är skyldiga varandra.',
  subject: 'Att leda sig själv – och ändå vara ett lag',
  preheader: 'Två listor från en torsdag på Lövhaga',
  content: ({ sketch, walk }) =>
    richText(
      paragraph('Hej, Maja här!'),
      paragraph(
        'I torsdags blev Johan och jag sittande med kollegorna på Lövhaga efter lunchen. På tavlan stod en enda fråga: vad betyder det egentligen att leda sig själv, när man samtidigt är en del av ett lag? En timme senare hade vi två listor.',
      ),
      heading('Det vi är fria att göra'),
      list(
        [
          bold('Lägga upp dagen: '),
          'Du vet själv när du tänker som klarast. Börja tidigt, ta en lång promenad mitt på dagen eller skriv klart på kvällen. Huvudsaken är att kunder och kollegor vet när de når dig.',
        ],
        [
          bold('Välja vad du vill bli bra på: '),
          'Här finns ingen färdig karriärtrappa. Den som vill fördjupa sig gör det, den som vill byta spår får hjälp med det, och var och en bestämmer själv över sina utbildningspengar.',
        ],
        [
          bold('Tacka nej: '),
          'Ett uppdrag som inte passar blir sällan bra. Den som tackar nej i god tid, och säger varför, gör både kunden och laget en tjänst.',
        ],
        [
          bold('Fatta beslut: '),
          'Behöver du ett nytt verktyg, eller en dag för att tänka? Fråga dem som berörs, bestäm dig och berätta hur det blev.',
        ],
      ),
      image({ media: sketch, caption: 'Samma mål, olika vägar dit: skissen som blev kvar på tavlan.' }),
      heading('Det vi är skyldiga varandra'),
      list(
        [
          bold('Vara lätt att nå: '),
          'Frihet i schemat fungerar bara om ingen behöver leta. Kalendern stämmer, och den som är borta säger till i förväg.',
        ],
        [
          bold('Be om hjälp i tid: '),
          'Att sitta fast i en timme är att arbeta. Att sitta fast i tre dagar utan att säga något är att låta andra vänta.',
        ],
        [
          bold('Säga som det är: '),
          'Ingen chef samlar in synpunkter åt oss. Alltså får vi ge dem själva: vänligt, konkret och medan det ännu går att göra något åt saken.',
        ],
        [
          bold('Ta upp det som skaver: '),
          'Små irritationer växer i tystnad. Oftast räcker det med tio minuter, helst på väg någonstans. Mer om det i ',
          articleLink({ text: 'Mötet som blev en promenad', article: walk }),
          '.',
        ],
      ),
      callout(
        bold('Prova själva: '),
        'ge varje lista tio minuter, med tysta lappar först. Prata sedan. Det är i samtalet som skillnaderna syns.',
      ),
      paragraph(
        'Självledarskap låter som något man gör ensam. Efter den där timmen tror jag att det är precis tvärtom: ju mer var och en får bestämma, desto mer behöver vi varandra. Friheten och ansvaret är ',
        italic('samma överenskommelse'),
        ', läst från två håll.',
      ),
      paragraph('Hur ser era listor ut? Svara gärna på det här brevet.'),
      button({ label: 'Skriv till Maja', url: 'mailto:hej@example.com' }),
    ),
}

const en: Text = {
  title: 'Leading yourself, and still being a team',
  excerpt: 'One hour, one whiteboard, two lists: what we are free to do, and what we owe each other.',
  subject: 'Leading yourself, and still being a team',
  preheader: 'Two lists from a Thursday at Lövhaga',
  content: ({ sketch, walk }) =>
    richText(
      paragraph('Hello, Maja here!'),
      paragraph(
        'Last Thursday Johan and I stayed at the table with our colleagues at Lövhaga when lunch was over. There was a single question on the whiteboard: what does it mean to lead yourself while you are part of a team? An hour later we had two lists.',
      ),
      heading('What we are free to do'),
      list(
        [
          bold('Plan the day: '),
          'You know best when you think most clearly. Start early, take a long walk at noon or finish writing in the evening. What matters is that clients and colleagues know when they can reach you.',
        ],
        [
          bold('Choose what to become good at: '),
          'There is no ready-made career ladder here. Go deeper if you wish, change track if you wish, and decide yourself what to spend your training budget on.',
        ],
        [
          bold('Say no: '),
          'An assignment that does not suit you rarely turns out well. If you decline in good time, and say why, you do both the client and the team a favour.',
        ],
        [
          bold('Make decisions: '),
          'Do you need a new tool, or a day to think? Ask those whom it concerns, make up your mind and tell us how it went.',
        ],
      ),
      image({
        media: sketch,
        caption: 'One destination, several ways to get there: the sketch that stayed on the board.',
      }),
      heading('What we owe each other'),
      list(
        [
          bold('Being easy to find: '),
          'A free schedule only works if nobody has to search. The calendar is right, and whoever is away says so beforehand.',
        ],
        [
          bold('Asking for help in time: '),
          'Being stuck for an hour is work. Being stuck for three days without a word is making others wait.',
        ],
        [
          bold('Saying how things are: '),
          'No manager collects feedback for us, so we have to give it ourselves: kindly, in plain words, and while something can still be done.',
        ],
        [
          bold('Bringing up what chafes: '),
          'Small irritations grow in silence. Ten minutes are usually enough, preferably on the way somewhere. There is more on that in ',
          articleLink({ text: 'The meeting that became a walk', article: walk }),
          '.',
        ],
      ),
      callout(
        bold('Try it yourselves: '),
        'give each list ten minutes, beginning with notes in silence. Then talk. It is the conversation that shows where you differ.',
      ),
      paragraph(
        'Leading yourself sounds like something you do alone. After that hour I believe it is the other way round: the more each of us may decide, the more we need each other. Freedom and responsibility are ',
        italic('the same agreement'),
        ', read from two sides.',
      ),
      paragraph('What do your lists look like? Do reply to this letter.'),
      button({ label: 'Write to Maja', url: 'mailto:hej@example.com' }),
    ),
}

/** The article that the demo publishes: a greeting, two headed lists with bold lead-ins, a closing. */
export const selfLeadership: InBoth<Text> & { slug: string } = {
  slug: 'att-leda-sig-sjalv',
  sv,
  en,
}
