import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { httpAs, registerEditor } from '../support/http.ts'
import { paragraph } from '../support/siteContent.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

const SECRETS = ['Hemligt utkast', 'anna.berg@example.com', 'editor@example.com', 'brev@example.com']

let server: RunningServer
beforeAll(async () => {
  server = await startServer()
  const { rest } = await registerEditor(server.baseUrl)
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
