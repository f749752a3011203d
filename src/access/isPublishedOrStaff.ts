import type { Access } from 'payload'
import { isStaff } from './isStaff.ts'

/** Staff read everything; everybody else what is published. Versions carry the same condition. */
export const isPublishedOrStaff: Access = ({ req }) =>
  isStaff({ req }) || { _status: { equals: 'published' } }
