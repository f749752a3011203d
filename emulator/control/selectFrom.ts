/** What a query asks of a list: `to` one address, from `offset` on, `limit` of them. Without a query: all. */
export function selectFrom<Item extends object>({
  list,
  query,
}: {
  list: readonly Item[]
  query: URLSearchParams
}): Item[] {
  const to = query.get('to')
  const offset = wholeNumber(query.get('offset')) ?? 0
  const limit = wholeNumber(query.get('limit')) ?? list.length
  const asked = to === null ? list : list.filter((item) => 'to' in item && isAmong({ list: item.to, to }))
  return asked.slice(offset, offset + limit)
}

const isAmong = ({ list, to }: { list: unknown; to: string }) =>
  Array.isArray(list) && list.some((one) => String(one).toLowerCase() === to.toLowerCase())

const wholeNumber = (text: string | null) => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null)
