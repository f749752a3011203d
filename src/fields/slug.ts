import { slugField as payloadSlugField, type FieldHook, type PayloadRequest, type RowField } from 'payload'
import { isPublic } from '../content/isPublic.ts'
import { refuseField } from '../refusals/refusal.ts'
import { chooseSlug } from '../slugs/chooseSlug.ts'
import { findFreeSlug, findTaken, type Slugged } from '../slugs/findFreeSlug.ts'
import { noteMadeSlug } from '../slugs/madeSlugs.ts'
import { isNumbered, toSlug } from '../slugs/toSlug.ts'

interface SlugOf {
  collection: Slugged
  /** The field that the slug is made from. */
  useAsSlug: string
}

/**
 * A unique, readable name for addresses. It is made from `useAsSlug` and follows it until the document is public or
 * somebody writes their own; one that another document has gets a number. Payload's field brings its place in the admin
 * and its button; its own hooks know neither other documents nor other scripts.
 */
export const slugField = ({ collection, useAsSlug }: SlugOf): RowField =>
  payloadSlugField({
    useAsSlug,
    slugify: ({ data, req, valueToSlugify }) => suggest({ collection, data, req, title: valueToSlugify }),
    overrides: (row) => ({
      ...row,
      fields: row.fields.map((field) => {
        if (field.type === 'checkbox') return { ...field, hooks: {} }
        if (field.type !== 'text') return field
        // A copy gets one of its own, made from its title.
        const hooks = { beforeValidate: [giveSlug({ collection, useAsSlug })], beforeDuplicate: [() => null] }
        return { ...field, hooks }
      }),
    }),
  })

/** What the button in the admin writes: one that is free, or the one that stands there when it fits the title. */
async function suggest({
  collection,
  data,
  req,
  title,
}: {
  collection: Slugged
  data: Record<string, unknown>
  req: PayloadRequest
  title?: unknown
}): Promise<string | undefined> {
  const base = toSlug(String(title ?? ''))
  if (!base) return undefined
  const current = typeof data.slug === 'string' ? data.slug : ''
  return isNumbered(current, base) ? current : findFreeSlug({ payload: req.payload, collection, base, req })
}

/** @throws 400 that names the field when a person writes a slug that another document has. */
const giveSlug =
  ({ collection, useAsSlug }: SlugOf): FieldHook =>
  async ({ context, data = {}, operation, originalDoc, req, value }) => {
    const before: Record<string, unknown> = operation === 'update' ? (originalDoc ?? {}) : {}
    const former = typeof before.slug === 'string' && before.slug !== '' ? before.slug : undefined
    const choice = chooseSlug({
      written: typeof value === 'number' ? String(value) : value,
      former,
      title: String(data[useAsSlug] ?? before[useAsSlug] ?? ''),
      isFollowing: !former || (before.generateSlug !== false && data.generateSlug !== false),
      isPublic:
        collection !== 'articles' ||
        isPublic({ ...data, visibility: data.visibility ?? before.visibility ?? 'public', deletedAt: null }),
      isByHand: !context.isRestoringVersion,
      now: new Date(),
    })
    const question = { payload: req.payload, collection, id: idOf(before.id), req }
    switch (choice.kind) {
      case 'kept':
        // No value at all: MongoDB's unique index counts null as one.
        if (choice.slug === undefined) delete data.slug
        return choice.slug
      case 'made': {
        const slug = await findFreeSlug({ ...question, base: choice.base })
        data.generateSlug = choice.isFollowing
        noteMadeSlug({ req, slug, base: choice.base })
        return slug
      }
      case 'written': {
        const owner = (await findTaken({ ...question, slugs: [choice.slug] })).get(choice.slug)
        if (owner !== undefined) throw await slugIsTaken({ ...question, useAsSlug, slug: choice.slug, owner })
        data.generateSlug = false
        return choice.slug
      }
    }
  }

const idOf = (id: unknown) => (typeof id === 'string' || typeof id === 'number' ? id : undefined)

async function slugIsTaken({
  slug,
  owner,
  useAsSlug,
  ...question
}: SlugOf & {
  payload: PayloadRequest['payload']
  id: string | number | undefined
  req: PayloadRequest
  slug: string
  owner: string | number
}): Promise<Error> {
  const { payload, collection, req } = question
  const [doc, free] = await Promise.all([
    payload.findByID({
      collection,
      id: owner,
      depth: 0,
      trash: true,
      overrideAccess: true,
      disableErrors: true,
      req,
    }),
    findFreeSlug({ ...question, base: slug }),
  ])
  const facts: Record<string, unknown> = { ...doc }
  const name = String(facts[useAsSlug] || `#${owner}`)
  const isFormer = doc?.slug !== slug
  return refuseField({
    req,
    code: 'slug_taken',
    collection,
    path: 'slug',
    text: {
      en: isFormer
        ? `The slug “${slug}” is a former address of “${name}”: links to it still lead there. Use “${free}”, say.`
        : `The slug “${slug}” belongs to “${name}”. Use “${free}”, say.`,
      sv: isFormer
        ? `Sluggen ”${slug}” är en tidigare adress för ”${name}”: länkar dit leder fortfarande rätt. Använd till exempel ”${free}”.`
        : `Sluggen ”${slug}” hör till ”${name}”. Använd till exempel ”${free}”.`,
    },
  })
}
