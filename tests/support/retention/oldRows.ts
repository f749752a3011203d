import { randomUUID } from 'node:crypto'
import type { Payload } from 'payload'

/** Payload's generated types are those of SQLite, where ids are numbers. */
export type RowId = number

const CREATED_AT = new Date('2026-11-02T08:00:00.000Z')

export async function addEvent(payload: Payload, { receivedAt }: { receivedAt: Date }): Promise<RowId> {
  const at = receivedAt.toISOString()
  const told = { type: 'email.delivered', kind: 'delivered' } as const
  const data = { eventId: randomUUID(), ...told, occurredAt: at, receivedAt: at }
  return (await payload.create({ collection: 'provider-events', depth: 0, data })).id
}

export async function addConsent(
  payload: Payload,
  { subscriber, at }: { subscriber: RowId; at: Date },
): Promise<RowId> {
  const data = { subscriber, kind: 'asked', at: at.toISOString(), source: 'form /sv/subscribe' } as const
  return (await payload.create({ collection: 'consents', depth: 0, data })).id
}

export async function addMail(
  payload: Payload,
  {
    status = 'submitted',
    settledAt = null,
    createdAt = CREATED_AT,
    ...relations
  }: {
    status?: 'pending' | 'submitted' | 'uncertain'
    settledAt?: Date | null
    createdAt?: Date
    subscriber?: RowId
    contactMessage?: RowId
  },
): Promise<RowId> {
  const data = {
    kind: 'contact-thanks',
    email: 'anna.berg@example.com',
    locale: 'sv',
    status,
    settledAt: settledAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
    mail: { subject: 'Tack' },
    idempotencyKey: randomUUID(),
    attempts: 0,
    dueAt: createdAt.toISOString(),
    ...relations,
  } as const
  return (await payload.create({ collection: 'transactional-mails', depth: 0, data })).id
}

export async function addMessage(payload: Payload, { createdAt }: { createdAt: Date }): Promise<RowId> {
  const data = {
    name: 'Anna Berg',
    email: 'anna.berg@example.com',
    message: 'Hej!',
    locale: 'sv',
    createdAt: createdAt.toISOString(),
  } as const
  return (await payload.create({ collection: 'contact-messages', depth: 0, data })).id
}
