export const MAIL_VIEWS = ['desktop', 'phone', 'text', 'headers'] as const
export type MailView = (typeof MAIL_VIEWS)[number]

/** What the address of the outbox says: so every state of it can be linked to and works without a script. */
export interface OutboxPlace {
  /** From 1. */
  page: number
  search: string
  /** The name of a mail; null: the newest of the page. */
  mail: string | null
  view: MailView
}

type SearchParams = Record<string, string | string[] | undefined>

/** Whatever the address says, a place that exists in principle. */
export function readPlace(searchParams: SearchParams): OutboxPlace {
  const one = (name: string) => [searchParams[name]].flat()[0] ?? ''
  const page = Number(one('page'))
  return {
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
    search: one('search').trim(),
    mail: one('mail') || null,
    view: MAIL_VIEWS.find((view) => view === one('view')) ?? 'desktop',
  }
}

export function outboxUrl({
  adminRoute,
  place,
}: {
  adminRoute: string
  place: Partial<OutboxPlace>
}): string {
  const { page = 1, search = '', mail = null, view = 'desktop' } = place
  const params = new URLSearchParams({
    ...(search && { search }),
    ...(page > 1 && { page: String(page) }),
    ...(mail && { mail }),
    ...(view !== 'desktop' && { view }),
  })
  return `${adminRoute}/outbox${params.size > 0 ? `?${params}` : ''}`
}
