'use client'

import {
  useDocumentInfo,
  useEditDepth,
  useFormFields,
  useFormModified,
  useLocale,
  useRouteTransition,
} from '@payloadcms/ui'
import { useRouter } from 'next/navigation.js'
import { useEffect, useRef } from 'react'
import { LOCALES, type Locale } from '../../newsletter/model.ts'
import { useAnswer } from '../parts/useAnswer.ts'
import { useUntilSaved } from '../saving/useUntilSaved.ts'
import { useAdminText } from '../text/useAdminText.ts'
import { textStateOf, type TextState } from './textState.ts'
import './languages.css'

/**
 * Above an article's text: its languages, which of them one writes in, and what is missing in each. The language of the admin
 * itself is chosen elsewhere.
 */
export function ArticleLanguages() {
  const { id } = useDocumentInfo()
  const { text } = useAdminText()
  const depth = useEditDepth()
  const current: Locale = useLocale().code === 'en' ? 'en' : 'sv'
  const states = useTextStates({ id, current })
  const change = useChangeOfLanguage()
  const words = text.languages
  // In a drawer the language is that of the page below it.
  if (id === undefined || depth > 1) return null
  return (
    <nav className="article-languages" aria-label={words.heading}>
      <ul>
        {LOCALES.map((locale) => (
          <li key={locale}>
            <button
              type="button"
              aria-current={locale === current ? 'true' : undefined}
              data-state={states[locale] ?? 'unknown'}
              onClick={() => {
                if (locale !== current) void change(locale)
              }}
            >
              {words.names[locale]}
              {states[locale] && <span>{words.states[states[locale]]}</span>}
            </button>
          </li>
        ))}
      </ul>
    </nav>
  )
}

/** Of the language that is written in what stands in the form; of the others what is saved. */
function useTextStates({
  id,
  current,
}: {
  id: number | string | undefined
  current: Locale
}): Partial<Record<Locale, TextState>> {
  const here = useFormFields(([fields]) =>
    textStateOf({ title: fields.title?.value, content: fields.content?.value }),
  )
  const other: Locale = current === 'sv' ? 'en' : 'sv'
  const { answer } = useAnswer<{ title?: unknown; content?: unknown }>({
    path:
      id === undefined
        ? null
        : `/articles/${id}?locale=${other}&fallback-locale=none&draft=true&depth=0&select[title]=true&select[content]=true`,
  })
  return { [current]: here, ...(answer && { [other]: textStateOf(answer) }) }
}

/** The text of one language is saved before that of another takes its place. */
function useChangeOfLanguage(): (locale: Locale) => Promise<void> {
  const { text } = useAdminText()
  const router = useRouter()
  const { startRouteTransition } = useRouteTransition()
  const untilSaved = useUntilSaved()
  const isModified = useFormModified()
  const modified = useRef(isModified)
  const isBusy = useRef(false)
  useEffect(() => {
    modified.current = isModified
  }, [isModified])
  return async (locale) => {
    if (isBusy.current) return
    isBusy.current = true
    if (modified.current) await untilSaved()
    isBusy.current = false
    const isUnsaved = modified.current || document.querySelector('.save-trouble, .login-dialog') !== null
    if (isUnsaved && !window.confirm(text.saving.leave)) return
    const query = new URLSearchParams(window.location.search)
    query.set('locale', locale)
    startRouteTransition(() => router.push(`?${query}`))
  }
}
