const PRODUCTION_URL = 'https://api.resend.com'

/**
 * Where Resend's API is, without a slash at the end. @param baseUrl null: Resend's own. It is always handed to the SDK, which
 * else looks for one in the environment.
 */
export const apiUrl = (baseUrl: string | null): string => (baseUrl ?? PRODUCTION_URL).replace(/\/+$/, '')
