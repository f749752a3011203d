import { isEditor } from '../access/isEditor.ts'
import type { CollectionBeforeOperationHook, CollectionSlug, PayloadRequest, Where } from 'payload'
import { isObject } from '../public-api/whereProblem.ts'
import { normaliseEmail, shownEmail } from '../subscribers/emailAddress.ts'

interface Search {
  req: PayloadRequest
  /** Whose documents are looked for. */
  collection: CollectionSlug
}

/** A condition on an address: `path` is `email`, or `subscriber.email` of a related document. */
interface Condition {
  path: string
  operator: string
  value: unknown
  search: Search
}

/** Domains with letters outside a-z are few: more addresses than this are not looked through. */
const MOST = 1_000

/**
 * Staff look for an address as its owner writes it (`åkeri`, `info@åkeri.example`), and the database has it in punycode:
 * conditions on `email`, and on that of a related subscriber, find both. Whatever asks: a list of the admin, REST, GraphQL, a
 * bulk change of what was found.
 */
export const searchShownAddress: CollectionBeforeOperationHook = async ({ args, collection, req }) => {
  const { where } = args as { where?: Where }
  // Before anybody's right to read is looked at: nobody else may have it looked up.
  if (!where || !isEditor({ req }) || /^\p{ASCII}*$/u.test(JSON.stringify(where))) return args
  const search = { req, collection: collection.slug as CollectionSlug }
  return { ...args, where: await respell(where, search) }
}

async function respell(where: Where, search: Search): Promise<Where> {
  const conditions: Where[] = []
  const others: Where = {}
  for (const [path, value] of Object.entries(where))
    if (/^(and|or)$/i.test(path) && Array.isArray(value))
      others[path] = await Promise.all(value.map((each) => (isObject(each) ? respell(each, search) : each)))
    else if (ADDRESSES.includes(path) && isObject(value))
      for (const [operator, asked] of Object.entries(value))
        conditions.push(await respellCondition({ path, operator, value: asked, search }))
    else others[path] = value
  return conditions.length === 0 ? others : { and: [others, ...conditions] }
}

const OF_SUBSCRIBER = 'subscriber.email'
const ADDRESSES = ['email', OF_SUBSCRIBER]

async function respellCondition({ path, operator, value, search }: Condition): Promise<Where> {
  const on = (name: string, given: unknown): Where => ({
    [path]: { [name]: given } as Where[string] & object,
  })
  const asked = on(operator, value)
  if (LISTS.includes(operator)) return on(operator, listOf(value).map(spelt))
  if (typeof value !== 'string' || /^\p{ASCII}*$/u.test(value)) return asked
  const found = () =>
    findAddresses(value, path === OF_SUBSCRIBER ? { ...search, collection: 'subscribers' } : search)
  switch (operator) {
    case 'equals':
    case 'not_equals':
      return on(operator, normaliseEmail(value))
    case 'like':
    case 'contains':
      return { or: [asked, on('in', await found())] }
    case 'not_like':
      return { and: [asked, on('not_in', await found())] }
    default:
      return asked
  }
}

/** Of these, REST gives a list or, in one text, what stands between its commas. */
const LISTS = ['in', 'not_in', 'all']
const listOf = (value: unknown): unknown[] =>
  typeof value === 'string' ? value.split(',') : Array.isArray(value) ? (value as unknown[]) : [value]
const spelt = (value: unknown): unknown =>
  typeof value === 'string' && !/^\p{ASCII}*$/u.test(value) ? normaliseEmail(value) : value

/** The addresses in punycode that are shown with these words. */
async function findAddresses(text: string, { req, collection }: Search): Promise<string[]> {
  const { values } = await req.payload.findDistinct({
    collection,
    field: 'email',
    where: { email: { contains: 'xn--' } },
    limit: MOST,
    overrideAccess: true,
    req,
  })
  const words = text.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean)
  return values
    .flatMap((found) => ('email' in found && typeof found.email === 'string' ? [found.email] : []))
    .filter((email) => words.every((word) => shownEmail(email).includes(word)))
}
