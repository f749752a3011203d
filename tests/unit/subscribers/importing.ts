import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from '@jest/globals'
import { importSubscribers } from '../../../src/subscribers/importSubscribers.ts'
import { describeOutcome } from '../../../src/subscribers/describeOutcome.ts'
import type { ImportChoices } from '../../../src/subscribers/planImport.ts'
import type { NewSubscriber, Standing, SubscriberList } from '../../../src/subscribers/ports.ts'
import { noCounts, type ImportCounts, type Outcome } from '../../../src/subscribers/problems.ts'

export const HEADER = 'email,name,locale,topics,consent_source'
export const NOW = new Date('2026-05-04T08:00:00Z')
const LONG_AGO = new Date('2020-01-01T00:00:00Z')

const folder = mkdtempSync(join(tmpdir(), 'utskick-subscriber-file-'))
afterAll(() => rmSync(folder, { recursive: true }))

export interface LeftOut {
  line: number
  lastLine: number
  kind: Outcome['kind']
  reason: string
}

export interface Imported {
  added: NewSubscriber[]
  leftOut: LeftOut[]
  counts: ImportCounts
  ignored: string[]
  unknownTags: string[]
}

export interface Situation {
  /** The addresses of those who are subscribers already. */
  there?: string[]
  suppressed?: Record<string, 'suppressed' | 'erased'>
  choices?: ImportChoices
  isDryRun?: boolean
  /** The name of the file, as whoever imports calls it. */
  file?: string
  added?: NewSubscriber[]
}

export function importing(content: string | Buffer | string[], situation: Situation = {}): Promise<Imported> {
  const path = join(folder, 'subscribers.csv')
  writeFileSync(path, Array.isArray(content) ? content.join('\n') : content)
  return importPath(path, situation)
}

export async function importPath(
  path: string,
  { there = [], suppressed = {}, choices, isDryRun, file = 'subscribers.csv', added = [] }: Situation,
): Promise<Imported> {
  const imported: Imported = { added, leftOut: [], counts: noCounts(), ignored: [], unknownTags: [] }
  const steps = importSubscribers(
    { clock: { now: () => NOW }, list: listOf({ there, suppressed, added }) },
    { path, choices, isDryRun, from: { file, by: null } },
  )
  for await (const step of steps) {
    if (step.kind === 'plan') imported.ignored = step.plan.ignored
    else imported.counts = step.counts
    if (step.kind === 'done') imported.unknownTags = step.unknownTags
    if (step.kind !== 'block') continue
    for (const outcome of step.outcomes.filter(({ kind }) => kind !== 'imported')) {
      const { line, lastLine, kind } = outcome
      imported.leftOut.push({ line, lastLine, kind, reason: describeOutcome({ outcome, language: 'en' }) })
    }
  }
  return imported
}

/** A list in memory, with three topics. */
function listOf({
  there,
  suppressed,
  added,
}: Required<Pick<Situation, 'there' | 'suppressed' | 'added'>>): SubscriberList {
  const known = new Map(there.map((email) => [email, LONG_AGO]))
  const findStanding = (emails: readonly string[]) =>
    emails.flatMap((email): Standing[] => {
      const createdAt = known.get(email)
      if (createdAt) return [{ email, kind: 'known', createdAt }]
      const kind = suppressed[email]
      return kind ? [{ email, kind }] : []
    })
  return {
    readTopics: () =>
      Promise.resolve([
        { id: '1', slug: 'ledarskap', names: ['Ledarskap', 'Leadership'] },
        { id: '2', slug: 'team', names: ['Team'] },
        { id: '3', slug: 'sjalvledarskap', names: ['Självledarskap'] },
      ]),
    findStanding: (emails) => Promise.resolve(findStanding(emails)),
    addNew: ({ subscribers, now }) => {
      const standing = findStanding(subscribers.map(({ email }) => email))
      const others = new Set(standing.map(({ email }) => email))
      for (const one of subscribers.filter(({ email }) => !others.has(email))) {
        added.push(one)
        known.set(one.email, now)
      }
      return Promise.resolve(standing)
    },
    readAll: () => {
      throw new Error('An import reads nobody.')
    },
  }
}

export const subscriber = (over: Partial<NewSubscriber>): NewSubscriber => ({
  email: 'anna@example.com',
  name: null,
  locale: 'sv',
  topicIds: [],
  status: 'active',
  consentSource: 'form',
  consentAt: NOW,
  unsubscribedAt: null,
  pausedUntil: null,
  askedAt: null,
  suppression: null,
  ...over,
})

export const refused = (line: number, reason: string): LeftOut => ({
  line,
  lastLine: line,
  kind: 'refused',
  reason,
})
