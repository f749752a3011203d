import type { Field } from 'payload'
import { isNobody } from '../access/isNobody.ts'

/** What only the program needs: never in an answer to a person, and not taken from one. */
export const internal = (field: Field): Field =>
  ({
    ...field,
    access: { read: isNobody, create: isNobody, update: isNobody },
    admin: { hidden: true, disableListColumn: true },
  }) as Field
