import config from '@payload-config'
import '@payloadcms/next/css'
import { REST_DELETE, REST_GET, REST_OPTIONS, REST_PATCH, REST_POST, REST_PUT } from '@payloadcms/next/routes'
import { withoutIdleCors } from '../../../../endpoints/crossOrigin.ts'

export const GET = withoutIdleCors(REST_GET(config))
export const POST = withoutIdleCors(REST_POST(config))
export const DELETE = withoutIdleCors(REST_DELETE(config))
export const PATCH = withoutIdleCors(REST_PATCH(config))
export const PUT = withoutIdleCors(REST_PUT(config))
export const OPTIONS = withoutIdleCors(REST_OPTIONS(config))
