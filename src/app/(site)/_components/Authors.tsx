import { populated } from '../../../content/articleCards.ts'
import type { Locale } from '../../../newsletter/model.ts'
import type { Author } from '../../../payload-types.ts'
import { formatDate } from '../_text/formatDate.ts'
import { siteText } from '../_text/siteText.ts'
import { SiteImage } from './SiteImage.tsx'

/** Who wrote it, and when. */
export function Byline({
  authors,
  publishedAt,
  locale,
}: {
  authors: Author[]
  publishedAt: string | null
  locale: Locale
}) {
  if (authors.length === 0 && !publishedAt) return null
  return (
    <div className="byline">
      {authors.map((author) => (
        <Portrait key={author.id} author={author} sizes="3rem" alt="" />
      ))}
      <p>
        {authors.length > 0 && (
          <span className="byline-names">
            {siteText[locale].by} {listOf(authors, locale)}
          </span>
        )}
        {publishedAt && <time dateTime={publishedAt}>{formatDate(publishedAt, locale)}</time>}
      </p>
    </div>
  )
}

/** Those who have something to say of themselves. */
export function AboutTheAuthors({ authors, locale }: { authors: Author[]; locale: Locale }) {
  const introduced = authors.filter(({ bio }) => bio)
  if (introduced.length === 0) return null
  return (
    <aside className="authors" aria-label={siteText[locale].aboutTheAuthors}>
      {introduced.map((author) => (
        <div className="author" key={author.id}>
          <Portrait author={author} sizes="5rem" />
          <div>
            <p className="author-name">
              {author.name}
              {author.title && <span>{author.title}</span>}
            </p>
            <p>{author.bio}</p>
          </div>
        </div>
      ))}
    </aside>
  )
}

/** @param alt empty where the name stands beside it. */
function Portrait({ author, sizes, alt }: { author: Author; sizes: string; alt?: string }) {
  const portrait = populated(author.portrait)
  return portrait && <SiteImage className="portrait" image={portrait} alt={alt} sizes={sizes} />
}

/** "Sanna", "Sanna och Frida", "Sanna, Frida och Kim" */
const listOf = (authors: Author[], locale: Locale) =>
  new Intl.ListFormat(locale, { type: 'conjunction' }).format(authors.map(({ name }) => name))
