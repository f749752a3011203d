import type { Random } from './random.ts'
import type { RawRequest } from './rawHttp.ts'

const PUBLIC = ['articles', 'authors', 'topics', 'media']
const OF_STAFF = [
  'users',
  'subscribers',
  'consents',
  'suppressions',
  'campaigns',
  'deliveries',
  'batches',
  'contact-messages',
  'provider-events',
  'transactional-mails',
  'former-slugs',
  'save-turns',
  'payload-jobs',
  'payload-preferences',
  'payload-locked-documents',
  'payload-migrations',
  'nothing',
]
const BELOW_COLLECTIONS = [
  '',
  '',
  '',
  '/count',
  '/versions',
  '/versions/ID',
  '/ID',
  '/ID',
  '/ID/duplicate',
  '/access/ID',
  '/access',
  '/init',
  '/me',
  '/login',
  '/logout',
  '/unlock',
  '/refresh-token',
  '/forgot-password',
  '/reset-password',
  '/first-register',
  '/verify/ID',
  '/file/ID',
  '/paste-url',
  '/paste-url/ID',
  '/import',
  '/export',
  '/audience',
  '/ID/audience',
  '/ID/pause',
  '/ID/cancel',
  '/ID/retry',
  '/ID/receipt',
  '/ID/mail-preview',
]
const OTHERS = [
  '/api/graphql',
  '/api/graphql',
  '/api/graphql',
  '/api/graphql/x',
  '/api/graphql-playground',
  '/api/globals/site',
  '/api/globals/site/versions',
  '/api/globals/site/access',
  '/api/globals/nothing',
  '/api/access',
  '/api/health',
  '/api/subscribe',
  '/api/confirm',
  '/api/unsubscribe',
  '/api/preferences',
  '/api/preferences/data',
  '/api/contact',
  '/api/webhooks/resend',
  '/api',
  '/api/',
  '/api//articles',
  '/api/articles/',
  '/api/articles/1/2/3/4',
  '/api/payload-jobs/run',
  '/a/ID',
  '/sv',
  '/sv/articles/ID',
  '/sv/topics/ID',
  '/en/rss.xml',
  '/fr',
  '/sitemap.xml',
  '/robots.txt',
  '/assets/ID',
  '/media/ID',
  '/confirm',
  '/sv/unsubscribe',
  '/admin/login',
  '/_next/image',
  '/_next/data/ID',
  '/bench/ID',
  '/ID',
  '*',
  'http://other.example/api/articles',
]
const METHODS = ['GET', 'GET', 'GET', 'POST', 'POST', 'PATCH', 'PUT', 'DELETE', 'HEAD', 'OPTIONS']
const ODD_METHODS = ['TRACE', 'PROPFIND', 'LOCK', 'PURGE', 'SEARCH']

const VALUES = [
  '',
  '0',
  '-1',
  '1',
  '1e400',
  'NaN',
  '1.5',
  'null',
  'undefined',
  'zz',
  '%00',
  '%0a%0d',
  '%E0%A4%A',
  '%',
  '%zz',
  '%25',
  '%ff%fe',
  '%ed%a0%80',
  '%F0%9F%8E%89',
  '%2e%2e%2f%2e%2e%2fetc',
  '..',
  '9'.repeat(25),
  'x'.repeat(3_000),
  '{}',
  '[1]',
  '%7B%22a%22%3A1%7D',
  'true',
  '1,2,x',
  "'",
  '%22',
  'a+b%20c',
  '2026-01-01',
  'f'.repeat(24),
  '5f43c5d9d1e2a3b4c5d6e7f8',
  '__proto__',
  'constructor',
  '$gt',
  '[object%20Object]',
]
const NAMES = [
  'where[title][like]',
  'where[title][equals]',
  'where[id][in]',
  'where[id][equals][]',
  'where[or][0][slug][exists]',
  'where[and][][topics.slug][in]',
  'where[topics][equals]',
  'where[authors.name][contains]',
  'where[publishedAt][less_than]',
  'where[$where]',
  'where[__proto__][x]',
  'where',
  'where[]',
  'limit',
  'limit[]',
  'page',
  'depth',
  'sort',
  'sort[]',
  'select',
  'select[title]',
  'select[content][root]',
  'populate[articles][title]',
  'populate',
  'joins',
  'joins[x][limit]',
  'locale',
  'locale[]',
  'fallback-locale',
  'fallbackLocale[]',
  'draft',
  'trash',
  'autosave',
  'pagination',
  'data',
  'flattenLocales',
  'token',
  'email',
  'prefix',
  'separator',
  'format',
  'url',
  'w',
  'q',
  'x',
  '__proto__[x]',
  'publishSpecificLocale',
  'overrideLock',
  'uploadEdits',
  'field',
]

const GRAPHQL = [
  '{Articles{docs{id title}}}',
  '{Articles(where:{title:{like:"x"}},limit:2){totalDocs}}',
  '{Article(id:"x"){title}}',
  '{Article(id:1,draft:true){title}}',
  'query($a:Int){Articles(limit:$a){docs{id}}}',
  'query($a:Article_where){Articles(where:$a){docs{id}}}',
  'query($a:Int!){Articles(limit:$a){docs{id}}}',
  'query($a:JSON){Articles{docs{id}}}',
  '{...F} fragment F on Query{...G} fragment G on Query{...F}',
  'mutation{createTopic(data:{name:"x"}){id}}',
  'mutation{loginUser(email:"x@example.com",password:"x"){token}}',
  'mutation{forgotPasswordUser(email:"x")}',
  'subscription{x}',
  '{',
  '',
  '#',
  '{__schema{types{name}}}',
  '{__type(name:"Article"){name}}',
  '{Articles(locale:fr){docs{id}}}',
  '{Articles(where:{AND:[{OR:[{id:{in:[1,2]}}]}]}){docs{id}}}',
  '{Articles(sort:"owner.email"){docs{id}}}',
  '{Articles(sort:"\\u0000"){docs{id}}}',
  '{versionsArticles(limit:0){docs{id}}}',
  '{versionArticle(id:1){id}}',
  '{docAccessArticle(id:1){read{permission}}}',
  '{countSubscribers{totalDocs}}',
  '{Site{name}}',
  'query A{Site{name}} query B{Site{name}}',
  '{Articles(page:99999){docs{content(depth:2)}}}',
  '{Media(id:1){url}}',
  '{meUser{user{email}} initializedUser Access{canAccessAdmin}}',
]

const JSON_BODIES = [
  '{}',
  '[]',
  'null',
  '1',
  '"x"',
  '{',
  '{"a":',
  '{"limit":0}',
  '{"where":{"title":{"like":"x"}},"locale":"fr"}',
  '{"fallbackLocale":"sv"}',
  '{"locale":{"a":1},"depth":[]}',
  '{"email":1,"password":{}}',
  '{"email":"x@example.com","password":"x"}',
  '{"email":["x"],"topics":"x","locale":7,"name":{}}',
  '{"email":"\\ud800@example.com","name":"\\u0000","message":null}',
  '{"token":{}}',
  '{"token":"x"}',
  '{"title":{},"content":"x","topics":[{}],"authors":"x","publishedAt":"x","_status":"x"}',
  '{"content":{"root":{"children":[{"type":"x"}]}}}',
  '{"content":{"root":null}}',
  '{"id":"x","createdAt":1,"updatedAt":{},"slug":[]}',
  '{"relatedArticles":[{"relationTo":"users","value":1}]}',
  '{"newsletter":"x","heroImage":{}}',
  '{"__proto__":{"x":1},"constructor":{"prototype":{}}}',
  '{"document":{"relationTo":"x","value":{}},"user":1}',
  '{"type":"email.bounced","data":null}',
  '[[[[[[]]]]]]',
  `{"a":${'['.repeat(150)}${']'.repeat(150)}}`,
  `{"a":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`,
]

const TYPES = [
  'application/json',
  'application/json',
  'application/json; charset=utf-8',
  'application/json; charset=x',
  'APPLICATION/JSON',
  'application/graphql',
  'application/graphql+json',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=b',
  'multipart/form-data; boundary=b',
  'multipart/form-data; boundary=',
  'multipart/mixed; boundary=b',
  'text/plain',
  'text/csv',
  'application/octet-stream',
  'application/xml',
  '',
  ';;;',
  'x',
]

const part = (head: string, body: string) => `--b\r\n${head}\r\n\r\n${body}\r\n`
const MULTIPART = [
  '',
  '--b--',
  '--b--\r\n',
  '--b\r\n',
  'x',
  part('Content-Disposition: form-data; name="_payload"', '{"alt":"x"}') + '--b--\r\n',
  part('Content-Disposition: form-data; name="_payload"', 'no JSON') + '--b--\r\n',
  part('Content-Disposition: form-data; name="_payload"', 'null') + '--b--\r\n',
  part('Content-Disposition: form-data; name="_payload"', '[1]') + '--b--\r\n',
  part('Content-Disposition: form-data; name="file"', 'no JSON') + '--b--\r\n',
  part('Content-Disposition: form-data; name="file"', '{"filename":"../x"}') + '--b--\r\n',
  part('Content-Disposition: form-data; name="file"', 'null') + '--b--\r\n',
  part('Content-Disposition: form-data; name="file"; filename="x.png"\r\nContent-Type: image/png', 'x') +
    '--b--\r\n',
  part('Content-Disposition: form-data; name="file"; filename="../../x.png"', 'x'),
  part('Content-Disposition: form-data; name="file"; filename=""', '') + '--b--\r\n',
  part('Content-Disposition: form-data', 'x') + '--b--\r\n',
  part('x', 'x') + '--b--\r\n',
  part(': :', 'x') + '--b--\r\n',
  part('Content-Disposition: form-data; name="__proto__[x]"', 'x') + '--b--\r\n',
  part('Content-Disposition: form-data; name="a"; filename*=x\'\'%zz', 'x') + '--b--\r\n',
  Array.from({ length: 40 }, (_, at) => part(`Content-Disposition: form-data; name="a${at}"`, 'x')).join('') +
    '--b--\r\n',
]

const ODD_HEADERS: [string, string][] = [
  ['Accept-Language', 'sv'],
  ['Accept-Language', '\u00ff,,;;q=x'],
  ['Accept', 'text/html'],
  ['Cookie', 'payload-token=x; payload-lng=sv; =;;'],
  ['Cookie', 'payload-token=%E0%A4%A'],
  ['Cookie', 'payload-theme=%; payload-lng=\u00e5'],
  ['Authorization', 'JWT x'],
  ['Authorization', 'JWT a.b.c'],
  ['Authorization', 'Bearer'],
  ['Authorization', 'users API-Key x'],
  ['Authorization', 'Basic eA=='],
  ['X-Payload-HTTP-Method-Override', 'GET'],
  ['X-Payload-HTTP-Method-Override', 'GET'],
  ['X-HTTP-Method-Override', 'GET'],
  ['X-HTTP-Method-Override', 'DELETE'],
  ['X-Forwarded-For', 'x, ::1, 1.2.3.4'],
  ['X-Forwarded-Host', 'other.example'],
  ['X-Forwarded-Proto', 'javascript'],
  ['X-Forwarded-Port', 'x'],
  ['Origin', 'null'],
  ['Origin', 'x'],
  ['Origin', 'http://other.example'],
  ['Referer', 'x'],
  ['Host', 'other.example:99999'],
  ['Host', ''],
  ['Host', '[::1'],
  ['If-None-Match', '"x'],
  ['If-Modified-Since', 'x'],
  ['Range', 'bytes=x-'],
  ['Range', 'bytes=9-1,-0'],
  ['Expect', '100-continue'],
  ['Expect', 'x'],
  ['Content-Encoding', 'gzip'],
  ['Content-Length', 'x'],
  ['Content-Length', '-1'],
  ['Transfer-Encoding', 'x'],
  ['Next-Action', 'x'],
  ['Next-Action', 'f'.repeat(42)],
  ['RSC', '1'],
  ['Next-Router-State-Tree', '%'],
  ['Next-Router-Prefetch', '1'],
  ['x-middleware-subrequest', 'middleware'],
  ['x-nextjs-data', '1'],
  ['Upgrade', 'websocket'],
  ['svix-id', 'x'],
  ['svix-timestamp', 'x'],
  ['x'.repeat(2_000), 'x'],
  ['X-Long', 'x'.repeat(9_000)],
]

/** A request as nobody means it: every public and staff address, with wrong paths, queries, headers and bodies. */
export function oddRequest(random: Random): RawRequest {
  const method = random.isOneIn(60) ? random.one(ODD_METHODS) : random.one(METHODS)
  const target = targetOf(random)
  const type = random.one(TYPES)
  const hasBody = !['GET', 'HEAD', 'OPTIONS'].includes(method) || random.isOneIn(20)
  const body = hasBody && !random.isOneIn(8) ? bodyOf({ random, target, type }) : null
  const headers = Array.from({ length: random.below(3) }, () => random.one(ODD_HEADERS))
  return {
    method,
    target,
    headers: [...(body || random.isOneIn(8) ? contentType(type) : []), ...headers],
    body,
  }
}

const contentType = (type: string): [string, string][] => (type === '' ? [] : [['Content-Type', type]])

function targetOf(random: Random): string {
  const slug = random.one([...PUBLIC, ...PUBLIC, ...PUBLIC, ...OF_STAFF])
  const path = random.isOneIn(3) ? random.one(OTHERS) : `/api/${slug}${random.one(BELOW_COLLECTIONS)}`
  const filled = path.replaceAll('ID', () => random.one(VALUES))
  const parameters = Array.from({ length: random.below(4) }, () => {
    const name = random.one(NAMES)
    return random.isOneIn(10) ? name : `${name}=${random.one(VALUES)}`
  })
  // A few come to the bound of an address, and beyond it.
  if (random.isOneIn(80)) parameters.push(`x=${'y'.repeat(random.one([6_000, 9_000, 20_000]))}`)
  return parameters.length > 0 ? `${filled}?${parameters.join('&')}` : filled
}

function bodyOf({ random, target, type }: { random: Random; target: string; type: string }): Buffer {
  if (random.isOneIn(25)) return Buffer.from([0xff, 0xfe, 0x00, 0xd8, 0x00])
  if (type.startsWith('multipart') && !random.isOneIn(6)) return Buffer.from(random.one(MULTIPART))
  if (type.includes('urlencoded'))
    return Buffer.from(
      `${random.one(NAMES)}=${random.one(VALUES)}&${random.one(NAMES)}=${random.one(VALUES)}`,
    )
  if (target.startsWith('/api/graphql') && !random.isOneIn(4)) return Buffer.from(graphqlBody(random))
  return Buffer.from(random.one(JSON_BODIES))
}

const VARIABLES = [
  '{}',
  'null',
  '[]',
  '"x"',
  '1',
  '{"a":0}',
  '{"a":null}',
  '{"a":-1}',
  '{"a":1e9}',
  '{"a":"5"}',
]

function graphqlBody(random: Random): string {
  const query = JSON.stringify(random.one(GRAPHQL))
  const name = random.one(['', ',"operationName":"A"', ',"operationName":1', ',"operationName":null'])
  const variables = random.isOneIn(2)
    ? `,"variables":${random.one([...VARIABLES, '{"a":{"AND":[{}]}}'])}`
    : ''
  const whole = `{"query":${query}${name}${variables}}`
  return random.isOneIn(10) ? `[${whole},${whole}]` : whole
}
