import type { Collection, Config, FlattenedField } from 'payload'
import { SLUGGED } from '../../slugs/findFreeSlug.ts'

type Mutations = NonNullable<NonNullable<Config['graphQL']>['mutations']>

/**
 * Payload's GraphQL demands each required field of a new document, also one that the server fills in itself. REST does not:
 * here both ask for the same. The input types are changed; no mutation is added.
 */
export const relaxInputs: Mutations = ({ getNullableType, isInputObjectType }, { collections }) => {
  for (const collection of Object.values(collections)) {
    const input: unknown = getNullableType(collection.graphQL?.mutationInputType)
    if (!isInputObjectType(input)) continue
    const inputs = input.getFields()
    for (const field of collection.config.flattenedFields) {
      const given = inputs[field.name]
      if (given && isFilledIn({ field, collection })) given.type = getNullableType(given.type)
    }
  }
  return {}
}

/** A draft may lack anything; publishing it asks for what is required, on every road. */
const isFilledIn = ({ field, collection }: { field: FlattenedField; collection: Collection }): boolean =>
  Boolean(collection.config.versions?.drafts) ||
  ('defaultValue' in field && field.defaultValue !== undefined) ||
  (field.name === 'slug' && SLUGGED.some((slug) => slug === collection.config.slug))
