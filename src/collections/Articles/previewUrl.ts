import type { PayloadRequest } from 'payload'
import { DEFAULT_LOCALE } from '../../newsletter/model.ts'

/** Where the site shows the newest draft to whoever is logged in. By id: a draft may have no slug yet. */
export const previewUrl = ({
  data,
  locale,
}: {
  data: Record<string, unknown>
  req: PayloadRequest
  locale?: { code?: string } | null
}): string => `/${locale?.code || DEFAULT_LOCALE}/articles/${String(data.id ?? data.slug ?? '')}?preview=1`
