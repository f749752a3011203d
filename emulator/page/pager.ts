import { html, type Html } from './html.ts'

const PER_PAGE = 50

/** One page of a list, newest first, and the links to the others. */
export function turnPages<Item>({
  list,
  query,
  path,
}: {
  list: readonly Item[]
  query: URLSearchParams
  path: string
}): { items: Item[]; links: Html | null } {
  const last = Math.max(1, Math.ceil(list.length / PER_PAGE))
  const page = Math.min(last, Math.max(1, Math.floor(Number(query.get('page'))) || 1))
  const end = list.length - (page - 1) * PER_PAGE
  const items = list.slice(Math.max(0, end - PER_PAGE), end).reverse()
  if (last === 1) return { items, links: null }
  const linkTo = (to: number, text: string, rel: string) => {
    const asked = new URLSearchParams(query)
    asked.set('page', String(to))
    return html`<a rel="${rel}" href="${path}?${asked.toString()}">${text}</a>`
  }
  const links = html`<nav class="pager" aria-label="More of the list">
    ${page > 1 ? linkTo(page - 1, 'Newer', 'prev') : html`<span></span>`}
    <span>Page ${page} of ${last}</span>
    ${page < last ? linkTo(page + 1, 'Older', 'next') : html`<span></span>`}
  </nav>`
  return { items, links }
}
