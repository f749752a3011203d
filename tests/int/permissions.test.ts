import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { graphql, type GraphQLError, type GraphQLSchema } from 'graphql'
import { APIError, createLocalReq, formatNames, type CollectionSlug, type Payload } from 'payload'
import type { TestDatabase } from '../support/databases.ts'
import { graphqlSchemaOf } from '../support/graphqlSchema.ts'
import { oneDatabase } from '../support/longRun.ts'
import { everybody, ROLES, type Person, type Role } from '../support/permissions/everybody.ts'
import { makeRow, newRow } from '../support/permissions/rowsOf.ts'

const OPERATIONS = ['read', 'create', 'update', 'delete'] as const
type Operation = (typeof OPERATIONS)[number]

/** From which role on an operation is allowed, over REST and GraphQL alike; `nobody`: only the system does it. */
type Row = Record<Operation, Role | 'nobody'>
const row = (read: Row['read'], create: Row['read'], update: Row['read'], remove: Row['read']): Row => ({
  read,
  create,
  update,
  delete: remove,
})

/** What an author may change and delete are their own drafts: of a row of somebody else's they may neither. */
const MATRIX: Partial<Record<CollectionSlug, Row>> = {
  articles: row('anonymous', 'author', 'editor', 'editor'),
  authors: row('anonymous', 'editor', 'editor', 'editor'),
  topics: row('anonymous', 'editor', 'editor', 'editor'),
  media: row('anonymous', 'author', 'editor', 'editor'),
  files: row('author', 'author', 'editor', 'editor'),
  subscribers: row('editor', 'editor', 'editor', 'admin'),
  consents: row('editor', 'nobody', 'nobody', 'nobody'),
  imports: row('editor', 'nobody', 'nobody', 'nobody'),
  suppressions: row('editor', 'nobody', 'nobody', 'nobody'),
  campaigns: row('author', 'nobody', 'nobody', 'nobody'),
  plans: row('author', 'nobody', 'nobody', 'nobody'),
  reviews: row('author', 'nobody', 'nobody', 'nobody'),
  deliveries: row('editor', 'nobody', 'nobody', 'nobody'),
  'transactional-mails': row('editor', 'nobody', 'nobody', 'nobody'),
  'contact-messages': row('editor', 'nobody', 'nobody', 'admin'),
  'provider-events': row('admin', 'nobody', 'nobody', 'nobody'),
  'waiting-events': row('admin', 'nobody', 'nobody', 'nobody'),
  batches: row('admin', 'nobody', 'nobody', 'nobody'),
  workers: row('admin', 'nobody', 'nobody', 'nobody'),
  'call-rates': row('admin', 'nobody', 'nobody', 'nobody'),
  'rate-limits': row('nobody', 'nobody', 'nobody', 'nobody'),
  'former-slugs': row('nobody', 'nobody', 'nobody', 'nobody'),
  'data-folders': row('admin', 'nobody', 'nobody', 'nobody'),
  presences: row('nobody', 'nobody', 'nobody', 'nobody'),
  'save-turns': row('nobody', 'nobody', 'nobody', 'nobody'),
  erasures: row('nobody', 'nobody', 'nobody', 'nobody'),
  sweeps: row('nobody', 'nobody', 'nobody', 'nobody'),
  users: row('author', 'admin', 'admin', 'admin'),
}

/** Where endpoints of ours take the place of Payload's. */
const OVER_REST: typeof MATRIX = {
  // An editor makes and changes one with a body that says what (int/plans), and cancels one.
  plans: row('author', 'nobody', 'nobody', 'editor'),
}

describe.each(oneDatabase())('on $name, who may do what', ({ open }) => {
  let database: TestDatabase
  let people: Record<Role, Person>
  let schema: GraphQLSchema
  beforeAll(async () => {
    database = await open()
    schema = graphqlSchemaOf(database.payload)
    people = await everybody(database)
  })
  afterAll(() => database.close())

  it('is said of every collection but those that Payload brings', () => {
    const own = database.payload.config.collections.filter(({ slug }) => !slug.startsWith('payload-'))
    expect(own.map(({ slug }) => slug).toSorted()).toEqual(Object.keys(MATRIX).toSorted())
  })

  it.each(Object.keys(MATRIX) as CollectionSlug[])('over REST: %s', async (slug) => {
    const ask = overRest({ payload: database.payload, slug })
    expect(await rowOf((role, operation) => ask(people[role], operation))).toEqual(
      OVER_REST[slug] ?? MATRIX[slug],
    )
  })

  it.each(Object.keys(MATRIX) as CollectionSlug[])('over GraphQL: %s', async (slug) => {
    const ask = overGraphql({ payload: database.payload, schema, slug })
    expect(await rowOf((role, operation) => ask(people[role], operation))).toEqual(MATRIX[slug])
  })
})

type Ask = (role: Role, operation: Operation) => Promise<boolean>

/** From which role on each operation is allowed; a gap (an editor may, an admin may not) fails. */
async function rowOf(ask: Ask): Promise<Row> {
  const found: [Operation, Role | 'nobody'][] = []
  for (const operation of OPERATIONS) {
    const allowed: boolean[] = []
    for (const role of ROLES) allowed.push(await ask(role, operation))
    const first = allowed.indexOf(true)
    if (first >= 0 && allowed.slice(first).includes(false))
      throw new Error(`${operation} is allowed to ${ROLES.filter((_, index) => allowed[index]).join(', ')}`)
    found.push([operation, ROLES[first] ?? 'nobody'])
  }
  return Object.fromEntries(found) as Row
}

const overRest =
  ({ payload, slug }: { payload: Payload; slug: CollectionSlug }) =>
  async ({ rest }: Person, operation: Operation): Promise<boolean> => {
    const id = await makeRow({ payload, slug })
    switch (operation) {
      case 'read': {
        const { status, body } = await rest('GET', `/${slug}?depth=0&where[id][equals]=${id}`)
        return isAllowed(status) && (body.docs as unknown[]).length === 1
      }
      case 'create': {
        const { data } = await newRow({ payload, slug, isDraft: true })
        const { status } = await rest('POST', `/${slug}?depth=0`, data)
        return isAllowed(status) || isBeforeFile({ slug, status })
      }
      case 'update':
        return isAllowed((await rest('PATCH', `/${slug}/${id}?depth=0`, {})).status)
      case 'delete':
        return isAllowed((await rest('DELETE', `/${slug}/${id}?depth=0`)).status)
    }
  }

/** Anything but an answer of Payload's is a fault of the test. */
function statusOf(error: GraphQLError | undefined): number {
  if (!error) return 200
  if (error.originalError instanceof APIError) return error.originalError.status
  throw error
}

/** Without a file no picture and no PDF is written; that it was to be is allowed. */
const isBeforeFile = ({ slug, status }: { slug: CollectionSlug; status: number }) =>
  (slug === 'media' || slug === 'files') && status === 400

/** Anything but yes and no is a fault of the test. */
function isAllowed(status: number): boolean {
  if (status === 200 || status === 201) return true
  if ([400, 401, 403, 404].includes(status)) return false
  throw new Error(`The answer is ${status}.`)
}

interface Asked {
  payload: Payload
  schema: GraphQLSchema
  slug: CollectionSlug
}

const overGraphql = ({ payload, schema, slug }: Asked) => {
  const { singular, plural } = formatNames(slug)
  const many = singular === plural ? `all${singular}` : plural
  const idType = payload.db.defaultIDType === 'number' ? 'Int!' : 'String!'
  const run = async ({ user }: Person, source: string, variableValues: object) => {
    const req = await createLocalReq({ ...(user && { user }) }, payload)
    const { data, errors } = await graphql({
      schema,
      source,
      contextValue: { req, headers: {} },
      variableValues: variableValues as Record<string, unknown>,
    })
    const [error] = errors ?? []
    const status = statusOf(error)
    return { data, isAllowed: isAllowed(status) || isBeforeFile({ slug, status }) }
  }
  return async (person: Person, operation: Operation): Promise<boolean> => {
    const id = await makeRow({ payload, slug })
    switch (operation) {
      case 'read': {
        const where = `{ id: { equals: ${JSON.stringify(id)} } }`
        const { data, isAllowed } = await run(
          person,
          `{ rows: ${many}(where: ${where}) { docs { id } } }`,
          {},
        )
        return isAllowed && (data?.rows as { docs: unknown[] }).docs.length === 1
      }
      case 'create': {
        const { data } = await newRow({ payload, slug, isDraft: true })
        const source = `mutation($data: mutation${singular}Input!) { create${singular}(data: $data) { id } }`
        return (await run(person, source, { data })).isAllowed
      }
      case 'update': {
        const source = `mutation($id: ${idType}) { update${singular}(id: $id, data: {}) { id } }`
        return (await run(person, source, { id })).isAllowed
      }
      case 'delete': {
        const source = `mutation($id: ${idType}) { delete${singular}(id: $id) { id } }`
        return (await run(person, source, { id })).isAllowed
      }
    }
  }
}
