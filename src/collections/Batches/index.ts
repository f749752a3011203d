import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'
import { BATCH_STATUSES, REMAILED_STATUSES } from '../../newsletter/model.ts'

/** One provider call of a campaign: at most as many mails as the mailer takes, one idempotency key. */
export const Batches: CollectionConfig = {
  slug: 'batches',
  admin: { hidden: true },
  access: { read: isAdmin, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  defaultSort: 'number',
  indexes: [
    { fields: ['campaign', 'snapshot', 'number'], unique: true },
    { fields: ['campaign', 'snapshot', 'settledAt'] },
    { fields: ['campaign', 'snapshot', 'status', 'dueAt', 'number'] },
    { fields: ['leaseToken'] },
    { fields: ['erasedAt', 'settledAt'] },
  ],
  fields: [
    { name: 'campaign', type: 'relationship', relationTo: 'campaigns', required: true },
    { name: 'snapshot', type: 'text', required: true },
    { name: 'number', type: 'number', required: true },
    { name: 'status', type: 'select', required: true, options: [...BATCH_STATUSES] },
    { name: 'idempotencyKey', type: 'text', required: true },
    { name: 'attempts', type: 'number', required: true },
    { name: 'dueAt', type: 'date', required: true },
    { name: 'sealedAt', type: 'date' },
    // Fixed with its bytes: in round 0 who is not mailed, after it the ids of the deliveries that are.
    { name: 'exclusions', type: 'json' },
    { name: 'recipients', type: 'json' },
    { name: 'inDoubtSince', type: 'date' },
    { name: 'calledWith', type: 'text' },
    // Since when its one recipient's server asks to come later.
    { name: 'postponedSince', type: 'date' },
    // The campaign's round that it is in, and after round 0 which deliveries it mails.
    { name: 'round', type: 'number', required: true, defaultValue: 0 },
    { name: 'remails', type: 'select', options: [...REMAILED_STATUSES] },
    { name: 'settledAt', type: 'date' },
    // Set once nobody can tell whom its mails went to (src/retention).
    { name: 'erasedAt', type: 'date' },
    { name: 'leaseToken', type: 'text' },
    { name: 'leaseUntil', type: 'date' },
  ],
}
