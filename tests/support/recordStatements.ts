import type { Client, InStatement } from '@libsql/client'

/** The same client, which remembers what it is asked. `take` gives the statements since the last time. */
export function recordStatements(client: Client): { client: Client; take: () => string[] } {
  const seen: InStatement[] = []
  const record = (statements: InStatement[]) => void seen.push(...statements)
  const recording: Client = Object.assign(Object.create(client), {
    execute: (statement: InStatement) => {
      record([statement])
      return client.execute(statement)
    },
    batch: (statements: InStatement[], mode: 'write') => {
      record(statements)
      return client.batch(statements, mode)
    },
  })
  const textOf = (statement: InStatement) => (typeof statement === 'string' ? statement : statement.sql)
  return { client: recording, take: () => [...new Set(seen.splice(0).map(textOf))] }
}
