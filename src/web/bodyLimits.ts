/** How much of a request's body is read, and how long. */
export interface BodyLimit {
  bytes: number
  ms: number
  /** For the message, in whole megabytes. */
  megabytes: number
  /** A long body goes on to its route while it comes in; a short one goes on when it is whole. */
  isStreamed: boolean
}

const MEGABYTE = 1024 * 1024
const MINUTE_MS = 60_000

/** Largest picture; Payload counts the file alone and says so in its own words. */
export const MAX_MEDIA_BYTES = 25 * MEGABYTE
/** Largest PDF; collections/Files counts the file alone. */
export const MAX_FILE_BYTES = 20 * MEGABYTE
/** Largest file of subscribers. */
export const MAX_IMPORT_BYTES = 64 * MEGABYTE
/** The fields and boundaries around a picture or a PDF. */
const FORM_AROUND_FILE = 256 * 1024

export interface BodyLimits {
  other: BodyLimit
  media: BodyLimit
  files: BodyLimit
  importFile: BodyLimit
}

export const BODY_LIMITS: BodyLimits = {
  other: { bytes: MEGABYTE, megabytes: 1, ms: 30_000, isStreamed: false },
  media: {
    bytes: MAX_MEDIA_BYTES + FORM_AROUND_FILE,
    megabytes: 25,
    ms: 5 * MINUTE_MS,
    isStreamed: true,
  },
  files: {
    bytes: MAX_FILE_BYTES + FORM_AROUND_FILE,
    megabytes: 20,
    ms: 5 * MINUTE_MS,
    isStreamed: true,
  },
  importFile: { bytes: MAX_IMPORT_BYTES, megabytes: 64, ms: 10 * MINUTE_MS, isStreamed: true },
}

/**
 * The limit of one request. Every address that is not named here has the shortest one, also one that does not exist.
 * @param request.path without the query, as it came in.
 */
export function bodyLimitOf(
  { method, path }: { method: string; path: string },
  limits: BodyLimits = BODY_LIMITS,
): BodyLimit {
  if (method === 'POST' && /^\/api\/media\/?$/.test(path)) return limits.media
  if (method === 'PATCH' && /^\/api\/media(\/[^/]+)?\/?$/.test(path)) return limits.media
  if (method === 'POST' && /^\/api\/files\/?$/.test(path)) return limits.files
  if (method === 'PATCH' && /^\/api\/files(\/[^/]+)?\/?$/.test(path)) return limits.files
  if (method === 'POST' && /^\/api\/subscribers\/import\/?$/.test(path)) return limits.importFile
  return limits.other
}
