import { slugField as payloadSlugField, type FieldHook, type RowField } from 'payload'

/** A unique, readable name for addresses, made from `useAsSlug` until somebody writes their own. */
export const slugField = (useAsSlug: string): RowField =>
  payloadSlugField({
    useAsSlug,
    slugify: ({ valueToSlugify }) => toSlug(String(valueToSlugify ?? '')),
    overrides: (row) => ({
      ...row,
      fields: row.fields.map((field) =>
        field.type === 'text' ? { ...field, hooks: { beforeValidate: [makeFrom(useAsSlug)] } } : field,
      ),
    }),
  })

/**
 * Payload makes the slug while the fields are being validated, too late for a document that is created as published
 * (over the API that would ask for a slug) or published before its first draft with a title was saved. A draft's slug is
 * left to Payload, which follows the title for as long as it is being written.
 */
const makeFrom =
  (useAsSlug: string): FieldHook =>
  ({ data, operation, originalDoc, value }) =>
    !value && (operation === 'create' || data?._status === 'published')
      ? toSlug(String(data?.[useAsSlug] ?? originalDoc?.[useAsSlug] ?? ''))
      : value

/** "Frihet och ansvar – på jobbet" -> "frihet-och-ansvar-pa-jobbet"; undefined when no letter or digit is left. */
export function toSlug(text: string): string | undefined {
  const slug = text
    .normalize('NFKD')
    .replace(/\p{Mark}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return slug === '' ? undefined : slug.slice(0, 96).replace(/-+$/, '')
}
