import { noteStartOf } from '../../src/restore/noteStartOf.ts'
import { drain } from '../support/drain.ts'
import { openMailingSite } from '../support/mailing/mailingSite.ts'
import { startWorker } from '../support/processes/startWorker.ts'
import { takeBackup, RESTORE_KINDS, type Backup, type RestoreKind } from './backups.ts'
import { openDatabase } from './openDatabase.ts'
import type { TestProvider } from './providers.ts'
import { watchCampaign } from './watchCampaign.ts'

export interface Restored {
  kind: RestoreKind
  /** What was left of the batches when the backup was made. */
  rest: number
  /** What a start of it says of the campaign, when all has been done that is done by itself. */
  status: string
  problem: string | null
  /** Who was mailed by what was restored. */
  mailed: string[]
}

/**
 * A campaign is mailed by a real worker. Backups are taken at these moments of it, and each is restored in every way once the
 * original has ended.
 * @param input.moments what is to be left of the batches then, from 1 down to 0.
 */
export async function restoreCampaign({
  folder,
  variables,
  provider,
  readers,
  moments,
}: {
  folder: string
  variables: Record<string, string>
  provider: TestProvider
  readers: number
  moments: number[]
}): Promise<{ original: string[]; restored: Restored[] }> {
  const opened = await openDatabase({ folder, variables: { ...variables, ...provider.variables } })
  // As the web server does.
  await noteStartOf(opened.payload)
  const backups: { rest: number; backup: Backup }[] = []
  const site = await openMailingSite(opened, { readers })
  const article = await site.publish()
  const watch = await watchCampaign({ site, article })
  const worker = startWorker({ environment: site.environment, log: `${folder}/worker.log` })
  for (const moment of moments) {
    await watch.until(() => watch.phase() === 'over' || watch.rest() <= moment)
    if (watch.phase() === 'over') break
    backups.push({ rest: watch.rest(), backup: await takeBackup(opened) })
  }
  await watch.until(() => watch.phase() === 'over')
  await watch.end()
  worker.kill('SIGTERM')
  await worker.ended
  const original = await provider.mailed()
  await opened.close()
  await provider.afterTheOriginal()
  const restored: Restored[] = []
  for (const { rest, backup } of backups)
    for (const kind of RESTORE_KINDS) {
      const before = (await provider.mailed()).length
      const place = await backup.restore(kind)
      const found = await startRestored({
        folder,
        isElsewhere: kind !== 'database',
        variables: { ...variables, ...provider.variables, ...place },
      })
      restored.push({ kind, rest, ...found, mailed: (await provider.mailed()).slice(before) })
    }
  return { original, restored }
}

/** Does what a start does, and then all that a worker does until nothing is due. */
async function startRestored({
  folder,
  variables,
  isElsewhere,
}: {
  folder: string
  isElsewhere: boolean
  variables: Record<string, string>
}): Promise<Pick<Restored, 'status' | 'problem'>> {
  const { payload, env, close } = await openDatabase({ folder, variables })
  try {
    await noteStartOf(payload)
    await drain(payload)
    const { docs } = await payload.find({ collection: 'campaigns', depth: 0 })
    return { status: docs[0]?.status ?? 'none', problem: docs[0]?.problem?.code ?? null }
  } finally {
    // The test server keeps all in memory.
    if (isElsewhere && env.database.kind === 'mongodb') await payload.db.connection.dropDatabase()
    await close()
  }
}
