import type { Field } from 'payload'

/** Puts what is written in a block into the text. */
export const kept: Field = {
  name: 'kept',
  type: 'ui',
  admin: { components: { Field: '/admin/saving/KeptBlock.tsx#KeptBlock' } },
}
