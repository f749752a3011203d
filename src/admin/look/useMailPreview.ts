'use client'

import { useConfig } from '@payloadcms/ui'
import { useEffect, useState } from 'react'
import type { MailPreview } from '../../collections/Articles/endpoints/mailPreview.ts'
import type { Locale } from '../../newsletter/model.ts'

/**
 * The mail of the article as it is saved, asked for again when it has been saved since (`version`). The last one stays while
 * the next is made, and when it cannot be.
 */
export function useMailPreview({
  articleId,
  locale,
  version,
}: {
  articleId: number | string | undefined
  locale: Locale
  version: number | string
}): { preview: MailPreview | null; isFailed: boolean } {
  const { config } = useConfig()
  const url = articleId === undefined ? null : `${config.routes.api}/articles/${articleId}/mail-preview`
  const [last, setLast] = useState<{ key: string; preview: MailPreview | null; isFailed: boolean }>({
    key: '',
    preview: null,
    isFailed: false,
  })
  const key = `${url} ${locale}`
  useEffect(() => {
    if (url === null) return
    const question = new AbortController()
    void askPreview({ url, locale, signal: question.signal }).then((preview) => {
      if (question.signal.aborted) return
      setLast((before) =>
        preview
          ? { key, preview, isFailed: false }
          : { key, preview: before.key === key ? before.preview : null, isFailed: true },
      )
    })
    return () => question.abort()
  }, [url, locale, version, key])
  const isOfThis = last.key === key
  return { preview: isOfThis ? last.preview : null, isFailed: isOfThis && last.isFailed }
}

/** Null when there is no answer, or one that says no. */
async function askPreview({
  url,
  locale,
  signal,
}: {
  url: string
  locale: Locale
  signal: AbortSignal
}): Promise<MailPreview | null> {
  try {
    const response = await fetch(url, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ locale }),
      signal,
    })
    return response.ok ? ((await response.json()) as MailPreview) : null
  } catch {
    return null
  }
}
