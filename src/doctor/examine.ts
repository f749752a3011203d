import { checkClock } from './checks/clock.ts'
import { checkDatabase, checkMigrations } from './checks/database.ts'
import { checkKey, checkMailer, checkMailServer, checkWebhook } from './checks/mailer.ts'
import { checkPictures } from './checks/pictures.ts'
import { checkSenderDomain } from './checks/senderDomain.ts'
import { checkSecret } from './checks/secret.ts'
import { checkEnvironment, checkProxies, checkServerUrl, checkUsers } from './checks/setup.ts'
import { checkSite } from './checks/site.ts'
import { checkDue, checkEvents, checkSweep, checkWorker } from './checks/worker.ts'
import type { DatabaseFacts, Facts } from './facts.ts'
import type { Check } from './model.ts'
import type { ClockReading, NetworkPorts } from './ports.ts'

/** What can be told without a network. */
export const examine = (facts: Facts): Check[] => [
  checkEnvironment(facts),
  checkServerUrl(facts),
  checkProxies(facts),
  checkDatabase({ kind: facts.databaseKind, isOk: facts.database !== null }),
  checkMailer(facts),
  ...(facts.database ? examineDatabase(facts, facts.database) : []),
]

function examineDatabase(facts: Facts, { waitingMigrations, rows }: DatabaseFacts): Check[] {
  const migrations = checkMigrations({ kind: facts.databaseKind, waiting: waitingMigrations })
  if (!rows) return [migrations]
  const { now } = facts
  return [
    migrations,
    checkUsers({ ...rows, serverUrl: facts.serverUrl }),
    checkSecret({ isChanged: rows.isSecretChanged }),
    checkWorker({ pulse: rows.pulse, now }),
    checkDue({ pulse: rows.pulse, now }),
    checkSweep({ lastSweptAt: rows.lastSweptAt, now }),
    checkSite(rows),
    checkPictures(rows),
    checkWebhook({ ...facts, lastEventAt: rows.lastEventAt }),
    checkEvents({ queue: rows.queue, now }),
  ]
}

/** What a provider, name servers and other clocks say. */
export async function examineNetwork(facts: Facts, ports: NetworkPorts): Promise<Check[]> {
  const { dns, provider, mailServer, databaseClock } = ports
  const domain = facts.database?.rows?.site.senderEmail.split('@')[1]?.trim().toLowerCase() || null
  const [asked, server, databaseReading, sender] = await Promise.all([
    provider?.askAboutKey() ?? null,
    mailServer?.tryLogin().then((problem) => [checkMailServer({ problem })]) ?? [],
    facts.database ? databaseClock.read() : null,
    checkSenderDomain({ dns, domain, mailer: facts.mailer }),
  ])
  const readings = [asked?.clock, databaseReading].filter((reading): reading is ClockReading => !!reading)
  const key = asked ? [checkKey({ answer: asked.answer, domain })] : []
  return [...key, ...server, ...sender, checkClock({ readings })]
}
