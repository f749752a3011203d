import type { CollectionConfig } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { isNobody } from '../../access/isNobody.ts'
import { undoEndpoint } from '../../endpoints/subscribersFile/undoEndpoint.ts'
import { internal } from '../../fields/internal.ts'

/** One import of a file: whom it added says so (`importRef`), so that all of it can be taken back for a day. */
export const Imports: CollectionConfig = {
  slug: 'imports',
  labels: { singular: { sv: 'Import', en: 'Import' }, plural: { sv: 'Importer', en: 'Imports' } },
  // The page of imports shows them.
  admin: { hidden: true, useAsTitle: 'file' },
  access: { read: isEditor, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  disableDuplicate: true,
  defaultSort: '-startedAt',
  endpoints: [undoEndpoint],
  fields: [
    { name: 'file', type: 'text', required: true },
    { name: 'byName', type: 'text' },
    // When all whom it added were created, to the millisecond.
    { name: 'startedAt', type: 'date', required: true, index: true },
    // Null: it goes on, or was cut off.
    { name: 'finishedAt', type: 'date' },
    // Lines by what became of them: subscribers/problems.
    { name: 'counts', type: 'json' },
    { name: 'undoAskedAt', type: 'date', index: true },
    { name: 'undoneByName', type: 'text' },
    { name: 'undoneAt', type: 'date' },
    // {removed, mailed, changed}: how many went, and why others stay.
    { name: 'undone', type: 'json' },
    // Of those whom it had added when the undo was asked for.
    internal({ name: 'added', type: 'number' }),
  ],
}
