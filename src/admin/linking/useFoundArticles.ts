'use client'

import { useDocumentInfo, useLocale } from '@payloadcms/ui'
import { useState } from 'react'
import type { Article } from '../../payload-types.ts'
import { useAfterPause } from '../parts/useAfterPause.ts'
import { useAnswer } from '../parts/useAnswer.ts'

const MOST = 8
const PAUSE_MS = 200

export interface FoundArticle {
  id: Article['id']
  title: string
  slug: string | null
  /** Whether readers reach it: a link to a draft is plain text for them. */
  isPublic: boolean
}

export interface Found {
  /** Those of the last answer stay until the next one. */
  articles: FoundArticle[]
  /** Whether they are of these words. */
  isSettled: boolean
  isFailed: boolean
}

/** Articles with these words in their title; for none the ones that were changed last. Not the article that is written. */
export function useFoundArticles(words: string): Found {
  const { code } = useLocale()
  const { id: own } = useDocumentInfo()
  const asked = useAfterPause(words, PAUSE_MS)
  const drafts = useAnswer<{ docs: Pick<Article, 'id' | 'title' | 'slug'>[] }>({
    path: `/articles?${queryFor({ words: asked, locale: code })}`,
  })
  const docs = (drafts.answer?.docs ?? []).filter(({ id }) => id !== own)
  const ids = docs.map(({ id }) => String(id)).join(',')
  const published = useAnswer<{ docs: Pick<Article, 'id'>[] }>({
    path: ids === '' ? null : `/articles?${queryForPublic(ids)}`,
  })
  const isKnown = drafts.answer !== null && (ids === '' || published.answer !== null)
  const [last, setLast] = useState<{ asked: string; articles: FoundArticle[] } | null>(null)
  if (isKnown && last?.asked !== asked) {
    const isPublic = new Set(published.answer?.docs.map(({ id }) => id))
    const articles = docs.map(({ id, title, slug }) => ({
      ...{ id, title: title || `#${id}`, slug: slug ?? null, isPublic: isPublic.has(id) },
    }))
    setLast({ asked, articles })
  }
  return {
    articles: last?.articles ?? [],
    isSettled: last?.asked === words,
    isFailed: drafts.isFailed || published.isFailed,
  }
}

/** The newest text of each, also of one that nobody reads yet. */
const queryFor = ({ words, locale }: { words: string; locale: string }) =>
  new URLSearchParams({
    ...(words !== '' && { 'where[title][contains]': words }),
    'where[isBlank][not_equals]': 'true',
    'select[title]': 'true',
    'select[slug]': 'true',
    ...{ locale, draft: 'true', depth: '0', limit: String(MOST), pagination: 'false', sort: '-updatedAt' },
  })

const queryForPublic = (ids: string) =>
  new URLSearchParams({
    'where[id][in]': ids,
    'where[_status][equals]': 'published',
    'where[visibility][equals]': 'public',
    'select[slug]': 'true',
    ...{ depth: '0', limit: String(MOST), pagination: 'false' },
  })
