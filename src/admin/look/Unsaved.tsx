'use client'

import { useAllFormFields, useLocale } from '@payloadcms/ui'
import { reduceFieldsToValues } from 'payload/shared'
import { useEffect, useRef } from 'react'

/** Shorter than a pause that anybody notices, and longer than between two keys. */
const PAUSE_MS = 250

/**
 * Shows nothing. It tells what stands in the article's form, as JSON for mail-preview's `unsaved`, when nobody has pressed a key
 * for a moment: so what is beside the form is not made anew at each key.
 */
export function Unsaved({ onChange }: { onChange: (unsaved: string) => void }) {
  const [fields] = useAllFormFields()
  const { code } = useLocale()
  const told = useRef('')
  useEffect(() => {
    const timer = setTimeout(() => {
      const unsaved = JSON.stringify({ locale: code, values: shownOf(reduceFieldsToValues(fields, true)) })
      if (unsaved === told.current) return
      told.current = unsaved
      onChange(unsaved)
    }, PAUSE_MS)
    return () => clearTimeout(timer)
  }, [fields, code, onChange])
  return null
}

/** What a mail shows of an article. A field that the form does not have is left out. */
function shownOf(values: Record<string, unknown>): Record<string, unknown> {
  const { title, excerpt, content, heroImage, authors, topics, relatedArticles } = values
  const { subject, preheader } = (values.newsletter ?? {}) as Record<string, unknown>
  return {
    ...{ title, excerpt, content, heroImage, authors, topics, relatedArticles },
    newsletter: { subject, preheader },
  }
}
