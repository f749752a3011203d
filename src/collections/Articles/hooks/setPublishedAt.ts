import type { CollectionBeforeChangeHook } from 'payload'

/** The first publishing gives the article its date; editors may set another. */
export const setPublishedAt: CollectionBeforeChangeHook = ({ data }) =>
  data._status === 'published' && !data.publishedAt
    ? { ...data, publishedAt: new Date().toISOString() }
    : data
