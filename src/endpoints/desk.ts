import type { Endpoint } from 'payload'
import { requireEditor } from '../access/requireEditor.ts'
import { preflightPortsOf } from '../preflight/preflightPorts.ts'

export interface DomainAnswer {
  /** The sender's; null: none is set. */
  domain: string | null
  /** Whether the domain lets the provider send for it. */
  isDone: boolean
  /** Whether the name servers were silent. */
  isUnknown: boolean
  /** What is missing, as the doctor says it. */
  faults: { name: string; message: string; remedy: string | null }[]
}

/** `GET /api/desk/domain` by an editor -> DomainAnswer: what the name servers say of the sender's domain, within 2.5 s. 401, 403. */
export const deskEndpoints: Endpoint[] = [
  {
    path: '/desk/domain',
    method: 'get',
    handler: async (req) => {
      requireEditor(req)
      const { readState, askDns, inTime } = preflightPortsOf(req.payload)
      const { domain } = await readState()
      const checks = await inTime(askDns(domain))
      const isUnknown = checks === null || checks.some(({ isUnknown: isSilent }) => isSilent)
      const faults = (checks ?? []).filter(({ status, isUnknown: isSilent }) => status !== 'ok' && !isSilent)
      return Response.json({
        domain,
        isDone: !isUnknown && faults.length === 0,
        isUnknown,
        faults: faults.map(({ name, message, remedy }) => ({ name, message, remedy })),
      } satisfies DomainAnswer)
    },
  },
]
