import type { CollectionConfig } from 'payload'
import { isAdmin } from '../../access/isAdmin.ts'
import { isNobody } from '../../access/isNobody.ts'
import { BATCH_STATUSES } from '../../newsletter/model.ts'

/** One provider call of a campaign: at most as many mails as the mailer takes, one idempotency key. */
export const Batches: CollectionConfig = {
  slug: 'batches',
  admin: { hidden: true },
  access: { read: isAdmin, create: isNobody, update: isNobody, delete: isNobody },
  timestamps: false,
  lockDocuments: false,
  defaultSort: 'number',
  indexes: [{ fields: ['campaign', 'snapshot', 'number'], unique: true }, { fields: ['status', 'dueAt'] }],
  fields: [
    { name: 'campaign', type: 'relationship', relationTo: 'campaigns', required: true },
    { name: 'snapshot', type: 'text', required: true },
    { name: 'number', type: 'number', required: true },
    { name: 'status', type: 'select', required: true, options: [...BATCH_STATUSES] },
    { name: 'idempotencyKey', type: 'text', required: true },
    { name: 'attempts', type: 'number', required: true },
    { name: 'dueAt', type: 'date', required: true },
    { name: 'sealedAt', type: 'date' },
    { name: 'exclusions', type: 'json' },
    { name: 'inDoubtSince', type: 'date' },
    { name: 'leaseToken', type: 'text' },
    { name: 'leaseUntil', type: 'date' },
  ],
}
