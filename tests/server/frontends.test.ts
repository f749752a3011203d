import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { httpAs, registerEditor } from '../support/http.ts'
import type { Answer } from '../support/rest.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

const SECRETS = ['Hemligt utkast', 'anna.berg@example.com', 'editor@example.com', 'brev@example.com']

let server: RunningServer
/** An editor's. */
let token: string
beforeAll(async () => {
  server = await startServer({ WORKER: 'off' })
  const { rest, ...editor } = await registerEditor(server.baseUrl)
  token = editor.token
  const made = async (path: string, data: object) =>
    ((await rest('POST', path, data)).body.doc as { id: number }).id
  await rest('POST', '/globals/site', { senderName: 'Provet', senderEmail: 'brev@example.com' })
  await made('/subscribers', { email: 'anna.berg@example.com', consentSource: 'the tests' })
  const topic = await made('/topics', { name: 'Frihet', slug: 'frihet' })
  const author = await made('/authors', { name: 'Sanna Ek' })
  const draft = await made('/articles?draft=true', {
    title: 'Hemligt utkast',
    content: paragraph('Hemligt utkast.'),
    _status: 'draft',
  })
  const article = await made('/articles', {
    title: 'Om frihet',
    content: paragraph('Texten.'),
    topics: [topic],
    authors: [author],
    relatedArticles: [draft],
    newsletter: { send: false },
    _status: 'published',
  })
  await rest('PATCH', `/articles/${article}?locale=en`, {
    title: 'On freedom',
    content: paragraph('The text.'),
  })
  await rest('PATCH', `/articles/${article}?draft=true`, { title: 'Hemligt utkast två', _status: 'draft' })
})
afterAll(() => server.stop())

const graphql = (query: string) => httpAs(server)('POST', '/graphql', { query })

describe('GraphQL, for somebody without a login', () => {
  it('reads a published article in the locale, with its author and topics and no draft beside it', async () => {
    const answer = await graphql(`
      {
        Articles(where: { slug: { equals: "om-frihet" } }, locale: en) {
          docs {
            title
            authors {
              name
            }
            topics {
              slug
            }
            relatedArticles {
              title
            }
          }
        }
      }
    `)
    expect(answer).toEqual({
      status: 200,
      body: {
        data: {
          Articles: {
            docs: [
              {
                title: 'On freedom',
                authors: [{ name: 'Sanna Ek' }],
                topics: [{ slug: 'frihet' }],
                relatedArticles: [],
              },
            ],
          },
        },
      },
    })
  })

  it('shows no draft, no subscriber, no user and no sender address', async () => {
    const queries = [
      '{ Articles(draft: true, limit: 0) { docs { title } } }',
      '{ Articles(where: { _status: { equals: draft } }) { docs { title } } }',
      '{ Articles { docs { title newsletter { topics { name } } owner { email } } } }',
      '{ Articles(where: { owner: { equals: 1 } }) { docs { title } } }',
      '{ versionsArticles { docs { version { title } } } }',
      '{ Subscribers { docs { email } } }',
      '{ Campaigns { docs { subject } } }',
      '{ Deliveries { docs { email } } }',
      '{ Batches { docs { idempotencyKey } } }',
      '{ Users { docs { email } } }',
      '{ Site { senderEmail replyTo } }',
    ]
    const answers = await Promise.all(queries.map(graphql))
    const found = answers.flatMap(({ body }, index) =>
      SECRETS.filter((secret) => JSON.stringify(body.data ?? null).includes(secret)).map(
        (secret) => `${queries[index]} shows ${secret}`,
      ),
    )
    expect(found).toEqual([])
    // The queries are right ones: what is refused is the reading.
    expect(
      answers.map(({ body }) => JSON.stringify(body)).filter((text) => text.includes('Cannot query')),
    ).toEqual([])
  })
})

describe('a question that is too large or for staff alone, to the build', () => {
  const messageOf = ({ status, body }: Answer) => [status, (body.errors as { message: string }[])[0]?.message]

  it.each([
    ['limit=0', 'limit: a whole number from 1 to 100.'],
    ['limit=1000000000', 'limit: a whole number from 1 to 100.'],
    ['depth=3', 'depth: a whole number from 0 to 2.'],
    ['locale=fr', 'locale: one of sv, en, all.'],
    ['sort=owner.email', 'sort: “owner.email” is not a field to sort by.'],
    ['select[nonsense]=true', 'select[nonsense]: there is no such field.'],
    [
      'where[relatedArticles][contains][title][like]=Hemligt',
      'where[relatedArticles]: that is no field to filter by.',
    ],
    [
      'where[relatedArticles.title][like]=Hemligt&draft=true',
      'where[relatedArticles.title]: that is no field to filter by.',
    ],
    ['joins[x]=false', 'joins: there is no such parameter here without a login.'],
  ])('of REST is 400 with its reason: %s', async (query, message) => {
    expect(messageOf(await httpAs(server)('GET', `/articles?${query}`))).toEqual([400, message])
  })

  const aliases = Array.from({ length: 20 }, (_, index) => `a${index}:Articles(limit:0){docs{content}}`).join(
    '',
  )
  it.each([
    [`{${aliases}}`, 'limit: a whole number from 1 to 100.'],
    [`{${aliases.replaceAll('limit:0', 'limit:1')}}`, 'At most 5 root fields, aliases included.'],
    ['{...F} fragment F on Query{...F}', 'The fragment “F” contains itself.'],
    ['subscription{x}', 'There are no subscriptions here.'],
    ['{', 'That is no GraphQL: Syntax Error: Expected Name, found <EOF>.'],
    ['{Subscriber(id:1){email}}', 'There is no field “Subscriber” here.'],
    ['{Articles{docs{titl}}}', 'There is no field “titl” here.'],
    ['{Articles{docs{owner{email}}}}', 'There is no field “owner” here.'],
    ['{Articles(where:{owner:{equals:1}}){docs{id}}}', 'where[owner]: that is no field to filter by.'],
    ['{Articles(where:{titl:{equals:1}}){docs{id}}}', 'where[titl]: that is no field to filter by.'],
    ['{Articles(sort:"owner"){docs{id}}}', 'sort: “owner” is not a field to sort by.'],
    ['{Articles(limt:1){docs{id}}}', 'Unknown argument "limt" on field "Query.Articles".'],
  ])('of GraphQL is 400 with its reason: %.40s', async (query, message) => {
    expect(messageOf(await graphql(query))).toEqual([400, message])
  })

  const told = async (body: object, headers: Record<string, string>) => {
    const answer = await fetch(`${server.baseUrl}/api/graphql`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
    const { errors } = (await answer.json()) as { errors: { message: string; extensions: object }[] }
    return [answer.status, errors[0]?.message, errors[0]?.extensions]
  }
  const invalid = (parameter: string | null) => ({
    statusCode: 400,
    code: 'query_invalid',
    ...(parameter !== null && { data: { parameter } }),
  })

  it.each<[query: string, variables: object, message: string, parameter: string | null]>([
    ['{Articles(where:{owner:{equals:1}}){docs{id}}}', {}, 'where[owner]: det fältet', 'where[owner]'],
    ['{Articles(limit:0){docs{id}}}', {}, 'limit: ett heltal från 1 till 100.', 'limit'],
    ['{Site{senderEmail}}', {}, 'Fältet ”senderEmail” finns inte här.', 'senderEmail'],
    ['{Articles(limt:1){docs{id}}}', {}, 'Argumentet ”limt” finns inte på Query.Articles.', 'limt'],
    ['{Articles(locale:fr){docs{id}}}', {}, 'Argumentet ”locale” kan inte vara fr.', 'locale'],
    ['{Article{title}}', {}, 'Argumentet ”id” av typen Int! saknas.', 'id'],
    ['query($n:Int!){Articles(limit:$n){docs{id}}}', {}, 'Variabeln $n av typen Int! saknas.', '$n'],
    ['query($s:[Int]){Article(id:$s){id}}', { s: 1 }, 'Variabeln $s är av typen [Int], och', '$s'],
    ['query($i:Int!){Article(id:$i){id}}', { i: 'x' }, 'Variabeln $i kan inte vara "x".', '$i'],
    ['query($x:Int){Site{name}}', {}, 'Variabeln $x används aldrig.', '$x'],
    ['{Articles{docs{id{x}}}}', {}, 'Fältet ”id” är Int!, som inga fält har', 'id'],
    ['{Articles{docs}}', {}, 'Fältet ”docs” har fält: skriv vilka', 'docs'],
    ['{Articles(where:{slug:1}){docs{id}}}', {}, 'where[slug]: skriv operatorn', 'where[slug]'],
    ['{', {}, 'Det är ingen GraphQL', null],
  ])(
    'of GraphQL has its code, its parameter and the language of whoever asks: %s',
    async (query, variables, message, parameter) => {
      expect(await told({ query, variables }, { 'Accept-Language': 'sv' })).toEqual([
        400,
        expect.stringContaining(message),
        invalid(parameter),
      ])
    },
  )

  it('of GraphQL that asks for a change, or for another kind of answer, has its code too', async () => {
    const query = '{Site{name}}'
    expect([
      await told({ query: 'mutation{createTopic(data:{name:"x"}){id}}' }, {}),
      await told({ query }, { Accept: 'text/html' }),
      await told({ query: 1 }, { 'Accept-Language': 'sv' }),
    ]).toEqual([
      [401, 'Changing anything needs a login.', { statusCode: 401, code: 'login_needed' }],
      [
        406,
        expect.stringContaining('set Accept to application/json'),
        { statusCode: 406, code: 'not_acceptable' },
      ],
      [400, expect.stringContaining('Skicka JSON med query'), { statusCode: 400, code: 'body_invalid' }],
    ])
  })

  it('is answered with one of the articles when it has its bounds', async () => {
    const { status, body } = await httpAs(server)('GET', '/articles?limit=100&depth=2&sort=-publishedAt')
    expect([status, body.totalDocs]).toEqual([200, 1])
  })
})

/** The commands that the README prints for frontends, each with its continued lines. */
const printed =
  (readFileSync('README.md', 'utf8').split('## For frontends')[1] ?? '')
    .split('\n## ')[0]
    ?.match(/^curl (?:.*\\\n)*.*$/gm) ?? []

describe('a command that the README prints', () => {
  it('is there', () => expect(printed.length).toBeGreaterThan(4))

  it.each(printed)('works as it stands: %s', async (command) => {
    const line = command
      .replaceAll('http://localhost:3000', server.baseUrl)
      .replaceAll('my-article', 'om-frihet')
      .replace(/^curl/, 'curl --silent --show-error --fail')
    const { stdout } = await promisify(execFile)('sh', ['-c', line])
    expect(JSON.parse(stdout)).not.toHaveProperty('errors')
  })
})

describe('the content API of the build', () => {
  const get = (path: string, init: RequestInit = {}) => fetch(`${server.baseUrl}/api/content/v1${path}`, init)

  it.each([
    ['html', '<p>Texten.</p>'],
    ['markdown', 'Texten.'],
    ['text', 'Texten.'],
    ['json', [{ kind: 'paragraph', children: [{ kind: 'text', text: 'Texten.', formats: [] }] }]],
  ])('gives an article with its text as %s', async (format, content) => {
    const answer = await get(`/articles/om-frihet?format=${format}`)
    expect([answer.status, ((await answer.json()) as { content: unknown }).content]).toEqual([200, content])
  })

  it('says the same to staff, answers HEAD, 304 and other sites, and shows no secret', async () => {
    const [mine, everybodys] = await Promise.all([
      get('/articles?include=content', { headers: { Authorization: `JWT ${token}` } }),
      get('/articles?include=content'),
    ])
    const text = await everybodys.text()
    const etag = everybodys.headers.get('etag') ?? ''
    const head = await get('/articles?include=content', { method: 'HEAD' })
    const asked = await get('/articles', {
      method: 'OPTIONS',
      headers: { Origin: 'https://www.example.com' },
    })
    const known = await get('/articles?include=content', { headers: { 'If-None-Match': etag } })
    expect({
      mine: await mine.text(),
      secrets: SECRETS.filter((secret) => text.includes(secret)),
      head: [head.status, head.headers.get('etag'), await head.text()],
      known: [known.status, await known.text()],
      origin: [everybodys.headers.get('access-control-allow-origin'), asked.status],
    }).toEqual({
      ...{ mine: text, secrets: [], head: [200, etag, ''], known: [304, ''] },
      origin: ['*', 204],
    })
  })

  it('names an unknown parameter in the language of whoever asks', async () => {
    const answer = await get('/articles?limti=3', { headers: { 'Accept-Language': 'sv' } })
    expect([answer.status, await answer.json()]).toEqual([
      400,
      {
        errors: [
          {
            code: 'query_invalid',
            message: 'limti: den parametern finns inte här. openapi.json räknar upp dem som finns.',
            ...{ name: expect.any(String), data: { parameter: 'limti' } },
          },
        ],
      },
    ])
  })
})

describe('the admin and the API', () => {
  it('are framed by no other site and taken for nothing else', async () => {
    const answers = await Promise.all(
      ['/admin/login', '/api/articles'].map((path) => fetch(server.baseUrl + path)),
    )
    expect(
      answers.map(({ headers }) => [headers.get('x-frame-options'), headers.get('x-content-type-options')]),
    ).toEqual([
      ['SAMEORIGIN', 'nosniff'],
      ['SAMEORIGIN', 'nosniff'],
    ])
  })
})
