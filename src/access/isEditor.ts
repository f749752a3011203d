import type { PayloadRequest } from 'payload'

/** Editors and admins: those who publish, mail and see subscribers. */
export const isEditor = ({ req }: { req: PayloadRequest }): boolean =>
  req.user?.role === 'editor' || req.user?.role === 'admin'
