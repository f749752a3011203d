import config from '@payload-config'
import '@payloadcms/next/css'
import { REST_DELETE, REST_GET, REST_OPTIONS, REST_PATCH, REST_POST, REST_PUT } from '@payloadcms/next/routes'
import { withoutIdleCors } from '../../../../endpoints/crossOrigin.ts'
import { inTheirLanguage } from '../../../../refusals/answerRoutes.ts'

type Route = ReturnType<typeof REST_GET>

const api = (route: Route) => withoutIdleCors(inTheirLanguage(config, route))

export const GET = api(REST_GET(config))
export const POST = api(REST_POST(config))
export const DELETE = api(REST_DELETE(config))
export const PATCH = api(REST_PATCH(config))
export const PUT = api(REST_PUT(config))
export const OPTIONS = api(REST_OPTIONS(config))
