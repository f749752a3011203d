import config from '@payload-config'
import { GRAPHQL_PLAYGROUND_GET } from '@payloadcms/next/routes'
import { restRoute } from '../../../../public-api/restRoute.ts'

export const GET = restRoute(GRAPHQL_PLAYGROUND_GET(config))
