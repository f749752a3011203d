import config from '@payload-config'
import { GRAPHQL_POST, REST_OPTIONS } from '@payloadcms/next/routes'
import { graphqlRoute } from '../../../../public-api/graphql/graphqlRoute.ts'

export const POST = graphqlRoute({ config, answer: GRAPHQL_POST(config) })
export const OPTIONS = REST_OPTIONS(config)
