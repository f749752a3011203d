import type { ArticleMailProps } from '../article.tsx'
import type { MailAuthor, MailRelated, MailSite } from '../props.ts'
import { bylineOf } from '../_text/byline.ts'
import { mailText } from '../_text/mailText.ts'
import { telephone } from '../_text/telephone.ts'
import { richTextWords } from '../../src/rich-text/words.ts'
import { blocksToText } from './blocks.ts'
import { paragraphs, underlined } from './lines.ts'
import { linkOnce, type WriteLink } from './linkOnce.ts'

/** The text part: all that the HTML says, in its order, with every link once. Lines are as long as their paragraphs. */
export function articleText(props: ArticleMailProps): string {
  const { site, article, related, language } = props.content
  const text = mailText[props.locale]
  const writeLink = linkOnce()
  return `${paragraphs([
    writeLink({ text: site.name, url: site.url }),
    writeLink({ text: text.readOnTheWeb, url: article.url }),
    underlined(article.title, '='),
    article.excerpt,
    byline({ article, locale: props.locale }),
    language === props.locale ? null : text.onlyIn[language],
    article.heroImage?.alt && `[${richTextWords[language].image}: ${article.heroImage.alt}]`,
    blocksToText(article.text, { language, writeLink }),
    ...article.authors.map(aboutToText),
    relatedToText({ related, heading: text.related, writeLink }),
    contactToText({ site, ...props, writeLink }),
    footerToText({ site, ...props, writeLink }),
  ])}\n`
}

const byline = (input: Parameters<typeof bylineOf>[0]) => {
  const { names, title, date } = bylineOf(input)
  return [names, [title, date].filter(Boolean).join(' · ')].filter(Boolean).join('\n')
}

const aboutToText = ({ name, title, bio }: MailAuthor) =>
  bio && `${[name, title].filter(Boolean).join(' · ')}\n${bio}`

const relatedToText = ({
  related,
  heading,
  writeLink,
}: {
  related: MailRelated[]
  heading: string
  writeLink: WriteLink
}) =>
  related.length > 0 &&
  paragraphs([
    underlined(heading, '-'),
    ...related.map(({ title, excerpt, url }) =>
      [writeLink({ text: title, url }), excerpt].filter(Boolean).join('\n'),
    ),
  ])

type FrameProps = Pick<ArticleMailProps, 'locale' | 'personal'> & { site: MailSite; writeLink: WriteLink }

function contactToText({ site, locale, writeLink }: FrameProps): string {
  const text = mailText[locale]
  const sentences = [
    `${text.reply} ${writeLink({ text: site.replyTo, url: `mailto:${site.replyTo}` })}.`,
    site.answerTime,
    site.phone && `${text.call} ${writeLink({ text: site.phone, url: telephone(site.phone) })}.`,
  ]
  return paragraphs([underlined(text.contact, '-'), sentences.filter(Boolean).join(' ')])
}

function footerToText({ site, locale, personal, writeLink }: FrameProps): string {
  const text = mailText[locale]
  return paragraphs([
    '* * *',
    text.why({ email: personal.email, name: site.name }),
    [
      writeLink({ text: text.unsubscribe, url: personal.unsubscribeUrl }),
      writeLink({ text: text.preferences, url: personal.preferencesUrl }),
    ].join('\n'),
    [site.senderName, site.postalAddress.replace(/\r\n?/g, '\n')].join('\n'),
  ])
}
