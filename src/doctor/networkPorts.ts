import type { Payload } from 'payload'
import { mongoClock, noDatabaseClock } from '../adapters/doctor/databaseClocks.ts'
import { nodeDns } from '../adapters/doctor/nodeDns.ts'
import { resendProvider } from '../adapters/doctor/resendProvider.ts'
import { smtpServer } from '../adapters/doctor/smtpServer.ts'
import { depsOf, mongoOf } from '../deps.ts'
import type { Env } from '../env.ts'
import type { NetworkPorts } from './ports.ts'

/** The real ones. */
export function networkPortsOf(payload: Payload): NetworkPorts {
  const { env, clock } = depsOf(payload)
  const isMongo = env.database.kind === 'mongodb'
  return {
    ...networkPortsWithout(env),
    databaseClock: isMongo ? mongoClock({ db: mongoOf(payload), clock }) : noDatabaseClock,
  }
}

/** Where no database could be opened. */
export const networkPortsWithout = ({ mailer }: Env): NetworkPorts => ({
  dns: nodeDns(),
  provider: mailer.kind === 'resend' ? resendProvider({ ...mailer, clock: { now: () => new Date() } }) : null,
  mailServer: mailer.kind === 'smtp' ? smtpServer(mailer) : null,
  databaseClock: noDatabaseClock,
})
