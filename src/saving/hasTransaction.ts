import type { PayloadRequest } from 'payload'

/**
 * Whether the database has a transaction for this request. Payload names one for each operation also where its adapter
 * makes none; only those that there are have a session.
 */
export async function hasTransaction({
  db,
  req,
}: {
  db: { sessions?: Record<string | number, unknown> }
  req: Partial<PayloadRequest> | undefined
}): Promise<boolean> {
  const id = await req?.transactionID
  return id !== undefined && id !== null && db.sessions?.[id] !== undefined
}
