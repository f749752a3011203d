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
 * Payload makes the slug while the fields are being validated, too late for a document that is created as published:
 * over the API that would ask for a slug.
 */
const makeFrom =
  (useAsSlug: string): FieldHook =>
  ({ data, operation, value }) =>
    operation === 'create' && !value ? toSlug(String(data?.[useAsSlug] ?? '')) : value

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
