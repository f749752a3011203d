import type { Payload } from 'payload'
import { keepBriefly } from '../content/publicCache.ts'
import { depsOf } from '../deps.ts'
import { readOrigins } from '../globals/validateOrigins.ts'

/** What the site's settings say of the forms that anybody may send. */
export interface FormSettings {
  callsPerHour: number
  /** Other sites whose pages may send them from a browser. */
  allowedOrigins: string[]
}

const CALLS_PER_HOUR = 20

/** Kept for a moment, as every call asks for it. */
export const readFormSettings = (payload: Payload): Promise<FormSettings> =>
  keepBriefly(`form settings ${depsOf(payload).env.database.url}`, async () => {
    const site = await payload.findGlobal({
      slug: 'site',
      select: { callsPerHour: true, allowedOrigins: true },
      depth: 0,
      overrideAccess: true,
    })
    return {
      callsPerHour: site.callsPerHour ?? CALLS_PER_HOUR,
      allowedOrigins: readOrigins(site.allowedOrigins),
    }
  })
