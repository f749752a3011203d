/** What each of the callers asks for, again and again, until the time is over. */
export interface Flood {
  path: string
  method: 'GET' | 'POST'
  body: string | null
}

const repeated = (count: number, make: (index: number) => string) =>
  Array.from({ length: count }, (_, at) => make(at)).join('')
const aliases = (count: number, field: string) => `{${repeated(count, (at) => `a${at}:${field} `)}}`
const get = (path: string): Flood => ({ path, method: 'GET', body: null })
const post = (path: string, body: string): Flood => ({ path, method: 'POST', body })
const graphql = (query: string) => post('/graphql', JSON.stringify({ query }))

/** Each is asked for by ten at once. */
export const FLOODS: Record<string, Flood> = {
  nothing: get('/health'),
  'aliases of long lists': graphql(aliases(100, 'Articles(limit:1000){docs{id}}')),
  'aliases of a field': graphql(`{Articles(limit:100){docs{${repeated(300, (at) => `t${at}:title `)}}}}`),
  'the dearest GraphQL that is permitted': graphql(
    aliases(2, 'Articles(limit:100,where:{title:{like:"artikel"}},sort:"slug"){docs{content}}').slice(0, -1) +
      aliases(3, 'Articles(limit:25){docs{content}}')
        .slice(1)
        .replaceAll(/a(\d):/g, 'b$1:'),
  ),
  'fragments in circles': graphql('{...F} fragment F on Query{...G} fragment G on Query{...F}'),
  'limit=0': get('/articles?limit=0'),
  'limit=1e9': get('/articles?limit=1e9'),
  'the largest lists': get('/articles?limit=100&depth=2'),
  'the largest lists, in all locales': get('/articles?limit=100&depth=2&locale=all&sort=slug'),
  'two searches': get(
    '/articles?limit=100&where[or][0][title][like]=a+b+c&where[or][1][excerpt][like]=t&sort=slug',
  ),
  'deep JSON': post('/users/login', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`),
  '50 MB of JSON': post('/graphql', `{"query":"${'x'.repeat(50_000_000)}"}`),
  'a filter of sixty alternatives': get(
    `/articles?${repeated(60, (at) => `&where[or][${at}][title][like]=x`)}`,
  ),
}
