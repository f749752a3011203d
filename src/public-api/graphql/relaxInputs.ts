import type { GraphQLInputType } from 'graphql'
import type { Collection, Config, FlattenedField } from 'payload'
import { SLUGGED } from '../../slugs/findFreeSlug.ts'

type Mutations = NonNullable<NonNullable<Config['graphQL']>['mutations']>
type Graphql = Parameters<Mutations>[0]

/**
 * Payload's GraphQL demands each required field of a new document, also one that the server fills in itself. REST does not:
 * here both ask for the same. So it is with addresses: a text goes in, and the fields read it. The input types are changed;
 * no mutation is added.
 */
export const relaxInputs: Mutations = (graphql, { collections, globals }) => {
  const seen = new Set<unknown>()
  const read = (type: unknown) => takeTexts({ graphql, type, seen })
  const ofGlobals = globals.graphQL || {}
  for (const { mutationInputType } of Object.values(ofGlobals)) read(mutationInputType)
  for (const collection of Object.values(collections) as Collection[]) {
    const types = collection.graphQL
    for (const type of [types?.mutationInputType, types?.updateMutationInputType, types?.whereInputType])
      read(type)
    relaxRequired(graphql, collection)
  }
  return {}
}

function relaxRequired({ getNullableType, isInputObjectType }: Graphql, collection: Collection): void {
  const input: unknown = getNullableType(collection.graphQL?.mutationInputType)
  if (!isInputObjectType(input)) return
  const inputs = input.getFields()
  for (const field of collection.config.flattenedFields) {
    const given = inputs[field.name]
    if (given && isFilledIn({ field, collection })) given.type = getNullableType(given.type)
  }
}

/** A draft may lack anything; publishing it asks for what is required, on every road. */
const isFilledIn = ({ field, collection }: { field: FlattenedField; collection: Collection }): boolean =>
  Boolean(collection.config.versions?.drafts) ||
  ('defaultValue' in field && field.defaultValue !== undefined) ||
  (field.name === 'slug' && SLUGGED.some((slug) => slug === collection.config.slug))

/** Payload's type of an address refuses a part of one, which `like` looks for, and letters outside a-z. */
const ADDRESS = 'EmailAddress'

/** @param asked.seen filters hold themselves, in `AND` and `OR`. */
function takeTexts({ graphql, type, seen }: { graphql: Graphql; type: unknown; seen: Set<unknown> }): void {
  const input: unknown = graphql.isType(type) ? graphql.getNamedType(type) : null
  if (!graphql.isInputObjectType(input) || seen.has(input)) return
  seen.add(input)
  for (const field of Object.values(input.getFields()))
    if (graphql.getNamedType(field.type).name === ADDRESS) field.type = asText(graphql, field.type)
    else takeTexts({ graphql, type: field.type, seen })
}

function asText(graphql: Graphql, type: GraphQLInputType): GraphQLInputType {
  if (graphql.isListType(type)) return new graphql.GraphQLList(asText(graphql, type.ofType))
  if (graphql.isNonNullType(type)) {
    const inner = asText(graphql, type.ofType)
    return graphql.isNonNullType(inner) ? inner : new graphql.GraphQLNonNull(inner)
  }
  return graphql.GraphQLString
}
