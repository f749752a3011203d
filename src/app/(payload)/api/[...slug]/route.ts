import config from '@payload-config'
import '@payloadcms/next/css'
import { REST_DELETE, REST_GET, REST_OPTIONS, REST_PATCH, REST_POST, REST_PUT } from '@payloadcms/next/routes'
import { restRoute } from '../../../../public-api/restRoute.ts'
import { inTheirLanguage } from '../../../../refusals/answerRoutes.ts'

type Route = ReturnType<typeof REST_GET>

const told = (route: Route) => inTheirLanguage(config, route)

export const GET = restRoute(told(REST_GET(config)))
export const POST = restRoute(told(REST_POST(config)), told(REST_GET(config)))
export const DELETE = restRoute(told(REST_DELETE(config)))
export const PATCH = restRoute(told(REST_PATCH(config)))
export const PUT = restRoute(told(REST_PUT(config)))
export const OPTIONS = restRoute(told(REST_OPTIONS(config)))
