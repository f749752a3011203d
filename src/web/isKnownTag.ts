/** Whether a client has what this tag names already (`If-None-Match`, RFC 9110, 13.1.2). A proxy may have made the tag weak. */
export const isKnownTag = (asked: string | null, etag: string): boolean =>
  asked !== null &&
  asked.split(',').some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
