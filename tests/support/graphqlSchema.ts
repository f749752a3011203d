import { configToSchema } from '@payloadcms/graphql'
import type { GraphQLSchema } from 'graphql'
import type { Payload } from 'payload'

const schemas = new WeakMap<Payload, GraphQLSchema>()

/** The schema that the server answers GraphQL by. It takes seconds of work, so each Payload has it made once. */
export function graphqlSchemaOf(payload: Payload): GraphQLSchema {
  const schema = schemas.get(payload) ?? configToSchema(payload.config).schema
  schemas.set(payload, schema)
  return schema
}
