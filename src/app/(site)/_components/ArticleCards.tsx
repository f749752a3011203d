import type { ArticleCard } from '../../../content/articleCards.ts'
import type { Locale } from '../../../newsletter/model.ts'
import { formatDate } from '../_text/formatDate.ts'
import { SiteImage } from './SiteImage.tsx'

type Shape = 'feature' | 'rows' | 'grid'

/** Articles to choose from. `feature` gives the first one more room and is rows from there on. */
export function ArticleCards({
  cards,
  locale,
  shape,
  headings,
}: {
  cards: ArticleCard[]
  locale: Locale
  shape: Shape
  headings: 'h2' | 'h3'
}) {
  return (
    <ol className={`cards cards-${shape}`}>
      {cards.map((card, index) => (
        <li key={card.id}>
          <Card card={card} locale={locale} heading={headings} room={roomOf({ shape, index })} />
        </li>
      ))}
    </ol>
  )
}

function Card({
  card,
  locale,
  heading: Heading,
  room,
}: {
  card: ArticleCard
  locale: Locale
  heading: 'h2' | 'h3'
  room: Room
}) {
  const { title, excerpt, heroImage, publishedAt, topics, language } = card
  return (
    <article className="card">
      {heroImage && (
        <div className="card-image">
          {/* The title right after it says what the link is: the picture is decoration here. */}
          <SiteImage image={heroImage} alt="" sizes={SIZES[room]} isUrgent={room === 'whole'} />
        </div>
      )}
      <div className="card-text">
        <Heading lang={language === locale ? undefined : language}>
          <a href={`/${locale}/articles/${card.slug}`}>{title}</a>
        </Heading>
        {excerpt && <p lang={language === locale ? undefined : language}>{excerpt}</p>}
        <p className="meta">
          {publishedAt && <time dateTime={publishedAt}>{formatDate(publishedAt, locale)}</time>}
          {topics.map((topic) => (
            <span key={topic.id}>{topic.name}</span>
          ))}
        </p>
      </div>
    </article>
  )
}

/** How much of the page a card has, which decides how large its picture is. */
type Room = 'whole' | 'row' | 'column'

const roomOf = ({ shape, index }: { shape: Shape; index: number }): Room =>
  shape === 'grid' ? 'column' : shape === 'feature' && index === 0 ? 'whole' : 'row'

/** As the stylesheet has it. */
const SIZES: Record<Room, string> = {
  whole: '(min-width: 66rem) 60rem, 100vw',
  row: '(min-width: 40rem) 13rem, 5.5rem',
  column: '(min-width: 40rem) 20rem, 100vw',
}
