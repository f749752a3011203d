import { bold, heading, list, paragraph, richText, type RichText } from '../richText.ts'
import type { AuthorName, InBoth, TopicSlug } from './site.ts'

export interface EarlierArticle {
  slug: string
  author: AuthorName
  topics: TopicSlug[]
  daysAgo: number
  /** What its lead image is drawn in. */
  hues: [sky: string, far: string, near: string]
  text: InBoth<{ title: string; excerpt: string; imageAlt: string; content: RichText }>
}

/** What the site has published before; nobody is mailed about them. */
export const earlierArticles: EarlierArticle[] = [
  {
    slug: 'motet-som-blev-en-promenad',
    author: 'Maja Ekdahl',
    topics: ['samarbete', 'ledarskap'],
    daysAgo: 16,
    hues: ['#fbe9c6', '#d98e5f', '#7a4a3a'],
    text: {
      sv: {
        title: 'Mötet som blev en promenad',
        excerpt: 'Bredvid varandra säger man annat än mitt emot varandra.',
        imageAlt: 'En stig mellan mjuka kullar i kvällsljus',
        content: richText(
          paragraph(
            'Vi hade bokat ett rum i en timme för att reda ut vem som gör vad. Rummet var upptaget, så vi gick i stället. Efter ett kvarter hade vi sagt det som vi hade hållit inne med i tre veckor.',
          ),
          paragraph(
            'Sedan dess har vi gått många gånger. Det här hjälper: högst tre personer, en enda fråga, och någon som skriver ner vad ni kom fram till innan skorna är av.',
          ),
        ),
      },
      en: {
        title: 'The meeting that became a walk',
        excerpt: 'Side by side, people say other things than face to face.',
        imageAlt: 'A path between soft hills in evening light',
        content: richText(
          paragraph(
            'We had booked a room for an hour to sort out who does what. The room was taken, so we went for a walk. One block later we had said what we had been holding back for three weeks.',
          ),
          paragraph(
            'We have walked many times since. What helps: three people at most, a single question, and somebody who writes down what you agreed before the shoes are off.',
          ),
        ),
      },
    },
  },
  {
    slug: 'aterkoppling-utan-ont-i-magen',
    author: 'Johan Wikner',
    topics: ['samarbete'],
    daysAgo: 37,
    hues: ['#dceaf5', '#7fa6c4', '#2d4d6b'],
    text: {
      sv: {
        title: 'Återkoppling utan ont i magen',
        excerpt: 'Tre frågor som gör det lättare att säga något, och att höra det.',
        imageAlt: 'Blå berg i lager efter lager',
        content: richText(
          paragraph(
            'De flesta vill ha återkoppling. Få vill vara den som börjar. Då är det bra med en form.',
          ),
          heading('Tre frågor'),
          list(
            [bold('Vad såg jag? '), 'Det som hände, utan tolkning.'],
            [bold('Vad gjorde det med mig? '), 'Min egen reaktion, inte din avsikt.'],
            [bold('Vad önskar jag? '), 'En sak, som går att göra till nästa gång.'],
          ),
          paragraph('Den som lyssnar behöver bara säga en sak: tack.'),
        ),
      },
      en: {
        title: 'Feedback without butterflies',
        excerpt: 'Three questions that make it easier to say something, and to hear it.',
        imageAlt: 'Blue mountains, layer upon layer',
        content: richText(
          paragraph('Most people want feedback. Few want to be the one who starts. A form for it helps.'),
          heading('Three questions'),
          list(
            [bold('What did I see? '), 'What happened, without interpretation.'],
            [bold('What did it do to me? '), 'My own reaction, not your intention.'],
            [bold('What do I wish for? '), 'One thing that can be done by next time.'],
          ),
          paragraph('The listener only needs to say one thing: thank you.'),
        ),
      },
    },
  },
  {
    slug: 'verktygen-vi-valjer-bort',
    author: 'Johan Wikner',
    topics: ['teknik', 'ledarskap'],
    daysAgo: 58,
    hues: ['#e8efd9', '#9db36a', '#3f5a2c'],
    text: {
      sv: {
        title: 'Verktygen vi väljer bort',
        excerpt: 'Varje nytt program är också ett ställe till där något kan ligga och vänta.',
        imageAlt: 'Gröna åsar under en ljus himmel',
        content: richText(
          paragraph(
            'I våras räknade vi: elva ställen där ett meddelande kunde finnas. Nu är de fyra. Var och en får fortfarande arbeta som den vill, men det som andra väntar på finns på ett enda ställe.',
          ),
          paragraph(
            'Regeln vi enades om är kort: den som vill lägga till ett verktyg föreslår också vilket vi tar bort.',
          ),
        ),
      },
      en: {
        title: 'The tools we do without',
        excerpt: 'Every new program is also one more place where something can lie and wait.',
        imageAlt: 'Green ridges under a pale sky',
        content: richText(
          paragraph(
            'This spring we counted: eleven places where a message could be. Now there are four. Everybody still works as they like, but what others are waiting for is in one place only.',
          ),
          paragraph(
            'The rule that we agreed on is short: whoever wants to add a tool also proposes which one to drop.',
          ),
        ),
      },
    },
  },
]
