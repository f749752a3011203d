import { getPayload } from 'payload'
import config from '../../../../payload.config.ts'

/** The one Payload of this process; the pages read through it as anybody may. */
export const sitePayload = () => getPayload({ config })
