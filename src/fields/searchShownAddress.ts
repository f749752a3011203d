import { isEditor } from '../access/isEditor.ts'
import type { CollectionBeforeOperationHook, CollectionSlug, PayloadRequest, Where } from 'payload'
import { isObject } from '../public-api/whereProblem.ts'
import { normaliseEmail, shownEmail } from '../subscribers/emailAddress.ts'

interface Search {
  req: PayloadRequest
  collection: CollectionSlug
}

/** Domains with letters outside a-z are few: more addresses than this are not looked through. */
const MOST = 1_000

/**
 * Staff look for an address as its owner writes it (`åkeri`, `info@åkeri.example`), and the database has it in punycode:
 * conditions on `email` find both. For collections with a field `email`, whatever asks: a list of the admin, REST, GraphQL,
 * a bulk change of what was found.
 */
export const searchShownAddress: CollectionBeforeOperationHook = async ({ args, collection, req }) => {
  const { where } = args as { where?: Where }
  // Before anybody's right to read is looked at: nobody else may have it looked up.
  if (!where || !isEditor({ req }) || /^\p{ASCII}*$/u.test(JSON.stringify(where))) return args
  const search = { req, collection: collection.slug as CollectionSlug }
  return { ...args, where: await respell(where, search) }
}

async function respell(where: Where, search: Search): Promise<Where> {
  const { email, ...others } = where
  for (const [path, value] of Object.entries(others))
    if (/^(and|or)$/i.test(path) && Array.isArray(value))
      others[path] = await Promise.all(value.map((each) => (isObject(each) ? respell(each, search) : each)))
  if (email === undefined) return others
  if (!isObject(email)) return { ...others, email }
  const conditions = await Promise.all(
    Object.entries(email).map(([operator, value]) => respellCondition({ operator, value, search })),
  )
  return { and: [others, ...conditions] }
}

async function respellCondition({
  operator,
  value,
  search,
}: {
  operator: string
  value: unknown
  search: Search
}): Promise<Where> {
  const asked: Where = { email: { [operator]: value } as Where[string] & object }
  if (LISTS.includes(operator)) return { email: { [operator]: listOf(value).map(spelt) } }
  if (typeof value !== 'string' || /^\p{ASCII}*$/u.test(value)) return asked
  switch (operator) {
    case 'equals':
    case 'not_equals':
      return { email: { [operator]: normaliseEmail(value) } }
    case 'like':
    case 'contains':
      return { or: [asked, { email: { in: await findAddresses(value, search) } }] }
    case 'not_like':
      return { and: [asked, { email: { not_in: await findAddresses(value, search) } }] }
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
