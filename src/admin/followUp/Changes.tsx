'use client'

import { LOCALES, type Locale } from '../../newsletter/model.ts'
import type { Change } from '../../newsletter/compareEdition.ts'
import { useAdminText } from '../text/useAdminText.ts'

/** So much of what is the same stands on each side of a change. */
const CONTEXT = 60

/** What the readers got and what is published now. */
export function Changes({ changes }: { changes: Record<Locale, Change[]> }) {
  const { text } = useAdminText()
  const words = text.followUp.changes
  const changed = LOCALES.filter((locale) => changes[locale].some(({ kind }) => kind !== 'same'))
  if (changed.length === 0) return <p>{words.none}</p>
  return changed.map((locale) => (
    <section key={locale} className="follow-up__changes" aria-label={words.of[locale]}>
      <h3>{words.of[locale]}</h3>
      <p lang={locale}>
        {changes[locale].map(({ kind, text: part }, index) => {
          // Their order is all that tells them apart.
          const key = `${index}`
          if (kind === 'removed') return <del key={key}>{part}</del>
          if (kind === 'added') return <ins key={key}>{part}</ins>
          return <span key={key}>{shortened(part)}</span>
        })}
      </p>
    </section>
  ))
}

const shortened = (text: string): string =>
  text.length <= 2 * CONTEXT ? text : `${text.slice(0, CONTEXT)} … ${text.slice(-CONTEXT)}`
