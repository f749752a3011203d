import { MongoClient, type CommandStartedEvent, type Document } from 'mongodb'
import { mongoStore } from '../../src/adapters/store/mongo/index.ts'
import type { Store } from '../../src/newsletter/ports.ts'

/** How MongoDB answers one call of a store. */
export interface Plan {
  call: string
  /** `{ explain }`: which stages it takes, and by which indexes. Else why it does not say so. */
  plan: { stages: string[]; indexes: string[] } | { refused: unknown }
}

/**
 * What an operation of the store asks of MongoDB, and how MongoDB would answer it: the very commands that go over the
 * wire are explained, so that none can be forgotten or differ.
 */
export async function explainCalls({
  url,
  act,
}: {
  url: string
  act: (store: Store) => Promise<unknown>
}): Promise<Plan[]> {
  const client = new MongoClient(url, { monitorCommands: true })
  const commands: Document[] = []
  const note = ({ command }: CommandStartedEvent) => commands.push(command)
  const db = client.db()
  try {
    client.on('commandStarted', note)
    await act(mongoStore(db))
    client.off('commandStarted', note)
    const plans = []
    for (const command of commands.filter(isExplained)) {
      const explain = statementOf(command)
      const call = `${Object.keys(command)[0]} ${Object.values(command)[0]}`
      const answer = await db.command({ explain, verbosity: 'queryPlanner' }).catch((error: unknown) => error)
      plans.push({ call, plan: answer instanceof Error ? { refused: answer } : planOf(answer) })
    }
    return plans
  } finally {
    await client.close()
  }
}

const isExplained = (command: Document) =>
  ['find', 'aggregate', 'findAndModify', 'update', 'delete'].some((name) => name in command)

/** Without what belongs to the session; of an update in bulk the first. */
function statementOf(command: Document): Document {
  const { lsid: _, $clusterTime: __, $db: ___, txnNumber: ____, writeConcern: _____, ...statement } = command
  return 'updates' in statement ? { ...statement, updates: statement.updates.slice(0, 1) } : statement
}

/** Every stage and every index of the plan that won, wherever they are in the answer. */
function planOf(answer: unknown): { stages: string[]; indexes: string[] } {
  const plan = { stages: new Set<string>(), indexes: new Set<string>() }
  const walk = (value: unknown, isWinning: boolean): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, isWinning)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return
    for (const [key, inner] of Object.entries(value)) {
      if (isWinning && key === 'stage') plan.stages.add(String(inner))
      if (isWinning && key === 'indexName') plan.indexes.add(String(inner))
      if (key !== 'rejectedPlans') walk(inner, isWinning || key === 'winningPlan')
    }
  }
  walk(answer, false)
  return { stages: [...plan.stages].sort(), indexes: [...plan.indexes].sort() }
}
