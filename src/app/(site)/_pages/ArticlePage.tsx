import { populated } from '../../../content/articleCards.ts'
import type { Locale } from '../../../newsletter/model.ts'
import { assetUrl } from '../_assets/assets.ts'
import { ArticleCards } from '../_components/ArticleCards.tsx'
import { AboutTheAuthors, Byline } from '../_components/Authors.tsx'
import { ContactBox } from '../_components/ContactBox.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PageHead, PrivateHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import { SiteImage } from '../_components/SiteImage.tsx'
import { SubscribeInvitation } from '../_components/SubscribeInvitation.tsx'
import type { ArticleFacts } from '../_data/article.ts'
import type { SiteFacts } from '../_data/site.ts'
import { ArticleBody } from '../../../rich-text/html/ArticleBody.tsx'
import { siteText } from '../_text/siteText.ts'
import { articlePath, listPath } from './paths.ts'

interface Props {
  locale: Locale
  site: SiteFacts
  facts: ArticleFacts
}

/** One article with what belongs to it. */
export function ArticlePage({ locale, site, facts }: Props) {
  const { article, language } = facts
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={translationsOf(facts)}
      head={
        <PageHead
          // An article that is not translated is one page, whatever language surrounds it.
          locale={language}
          path={articlePath({ locale: language, slug: article.slug })}
          site={site}
          title={article.title}
          description={article.excerpt}
          translations={translationsOf(facts)}
          image={populated(article.heroImage)}
          article={{ publishedAt: article.publishedAt ?? null, updatedAt: article.updatedAt }}
        />
      }
    >
      <ArticleView locale={locale} site={site} facts={facts} />
    </SiteDocument>
  )
}

/** The same for staff, of the newest draft; it follows what they save in the admin. */
export function DraftPage({ locale, site, facts }: Props) {
  const head = (
    <>
      <PrivateHead site={site} title={facts.article.title} />
      <script type="module" src={assetUrl('live-preview.js')} />
    </>
  )
  return (
    <SiteDocument locale={locale} site={site} translations={{}} head={head}>
      <Notice tone="success">{siteText[locale].draft}</Notice>
      <ArticleView locale={locale} site={site} facts={facts} />
    </SiteDocument>
  )
}

/** The same of an article that is only mailed: no search engine shows it, and its address is passed on to nobody. */
export function MailedPage({ locale, site, facts }: Props) {
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={{}}
      head={<PrivateHead site={site} title={facts.article.title} />}
    >
      <Notice tone="success">{siteText[locale].mailed}</Notice>
      <ArticleView locale={locale} site={site} facts={facts} />
    </SiteDocument>
  )
}

function ArticleView({ locale, site, facts: { article, language, related } }: Props) {
  const heroImage = populated(article.heroImage)
  const authors = (article.authors ?? []).map(populated).filter((author) => author !== null)
  return (
    <>
      <article className="article">
        <header className="article-header">
          <ArticleTopics topics={article.topics} locale={locale} />
          <h1 lang={language}>{article.title}</h1>
          {article.excerpt && (
            <p className="lead" lang={language}>
              {article.excerpt}
            </p>
          )}
          <Byline authors={authors} publishedAt={article.publishedAt ?? null} locale={locale} />
          {language !== locale && <p className="notice">{siteText[locale].onlyIn[language]}</p>}
        </header>
        {heroImage && (
          <SiteImage className="hero" image={heroImage} sizes="(min-width: 66rem) 60rem, 100vw" isUrgent />
        )}
        <div className="article-body" lang={language}>
          <ArticleBody content={article.content} locale={locale} baseUrl={site.url} />
        </div>
        <AboutTheAuthors authors={authors} locale={locale} />
      </article>
      <SubscribeInvitation locale={locale} />
      <ContactBox site={site} locale={locale} />
      {related.length > 0 && (
        <section className="related" aria-labelledby="related">
          <h2 id="related">{siteText[locale].related}</h2>
          <ArticleCards cards={related} locale={locale} shape="grid" headings="h3" />
        </section>
      )}
    </>
  )
}

function ArticleTopics({ topics, locale }: { topics: ArticleFacts['article']['topics']; locale: Locale }) {
  const known = (topics ?? []).map(populated).filter((topic) => topic !== null)
  if (known.length === 0) return null
  return (
    <ul className="topics">
      {known.map(({ id, name, slug }) => (
        <li key={id}>
          <a href={listPath({ locale, topicSlug: slug })}>{name}</a>
        </li>
      ))}
    </ul>
  )
}

const translationsOf = ({ article: { slug }, languages }: ArticleFacts) =>
  Object.fromEntries(languages.map((locale) => [locale, articlePath({ locale, slug })]))
