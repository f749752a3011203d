import type { PayloadRequest } from 'payload'

/** Anyone with a login. */
export const isStaff = ({ req }: { req: PayloadRequest }): boolean => Boolean(req.user)
