import type { Access, Where } from 'payload'
import { isStaff } from './isStaff.ts'

const PUBLISHED: Where = { and: [{ _status: { equals: 'published' } }, { deletedAt: { exists: false } }] }

/** Staff read everything; everybody else what is published and not in the trash, even when they ask for the trash. */
export const isPublishedOrStaff: Access = ({ req }) => isStaff({ req }) || PUBLISHED
