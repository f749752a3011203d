import config from '@payload-config'
import { GRAPHQL_POST, REST_OPTIONS } from '@payloadcms/next/routes'
import { graphqlRoute } from '../../../../public-api/graphql/graphqlRoute.ts'
import { wrongMethod } from '../../../../refusals/answerRoutes.ts'

const refuse = wrongMethod(config, { allow: 'POST, OPTIONS' })

export const POST = graphqlRoute({ config, answer: GRAPHQL_POST(config) })
export const GET = refuse
export const PUT = refuse
export const PATCH = refuse
export const DELETE = refuse
export const OPTIONS = REST_OPTIONS(config)
