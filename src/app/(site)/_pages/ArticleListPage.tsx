import type { ArticleCardPage } from '../../../content/articleCards.ts'
import { LOCALES, type Locale } from '../../../newsletter/model.ts'
import { ArticleCards } from '../_components/ArticleCards.tsx'
import { PageHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import type { TopicFacts } from '../_data/topics.ts'
import { siteText } from '../_text/siteText.ts'
import { listPath } from './paths.ts'

export interface ArticleList {
  locale: Locale
  site: SiteFacts
  topics: TopicFacts[]
  /** Whose articles these are; null for all. */
  topic: TopicFacts | null
  list: ArticleCardPage
}

/** The articles, the newest first. */
export function ArticleListPage({ locale, site, topics, topic, list }: ArticleList) {
  const text = siteText[locale]
  const { page, totalPages, cards } = list
  const topicSlug = topic?.slug
  const translations = Object.fromEntries(
    LOCALES.map((other) => [other, listPath({ locale: other, topicSlug, page })]),
  )
  const title = topic?.name ?? site.name
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={translations}
      head={
        <PageHead
          locale={locale}
          site={site}
          title={page > 1 ? `${title} – ${text.pageOf(page, totalPages)}` : title}
          description={topic?.description ?? site.tagline}
          path={listPath({ locale, topicSlug, page })}
          translations={translations}
        />
      }
    >
      <header className="list-header">
        <h1>{topic?.name ?? site.tagline ?? text.articles}</h1>
        {topic?.description && <p className="lead">{topic.description}</p>}
        {topics.length > 0 && <TopicLinks topics={topics} current={topicSlug} locale={locale} />}
      </header>
      {cards.length === 0 && <p className="lead">{text.noArticles}</p>}
      <ArticleCards
        cards={cards}
        locale={locale}
        shape={page === 1 && !topic ? 'feature' : 'rows'}
        headings="h2"
      />
      <PageLinks list={list} topicSlug={topicSlug} locale={locale} />
    </SiteDocument>
  )
}

function TopicLinks({
  topics,
  current,
  locale,
}: {
  topics: TopicFacts[]
  current: string | undefined
  locale: Locale
}) {
  const text = siteText[locale]
  const links = [{ name: text.allTopics, slug: undefined }, ...topics]
  return (
    <nav aria-label={text.topics}>
      <ul className="topics">
        {links.map(({ name, slug }) => (
          <li key={slug ?? ''}>
            <a
              href={listPath({ locale, topicSlug: slug })}
              aria-current={slug === current ? 'page' : undefined}
            >
              {name}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  )
}

function PageLinks({
  list: { page, totalPages },
  topicSlug,
  locale,
}: {
  list: ArticleCardPage
  topicSlug: string | undefined
  locale: Locale
}) {
  const text = siteText[locale]
  if (totalPages < 2) return null
  return (
    <nav className="pages" aria-label={text.pages}>
      {page > 1 && (
        <a rel="prev" href={listPath({ locale, topicSlug, page: page - 1 })}>
          <span aria-hidden="true">← </span>
          {text.newer}
        </a>
      )}
      <span>{text.pageOf(page, totalPages)}</span>
      {page < totalPages && (
        <a rel="next" href={listPath({ locale, topicSlug, page: page + 1 })}>
          {text.older}
          <span aria-hidden="true"> →</span>
        </a>
      )}
    </nav>
  )
}
