import type { ImportPlan } from './planImport.ts'
import type { NewSubscriber, Provenance, Standing, SubscriberList } from './ports.ts'
import type { RowOutcome, RowProblem } from './problems.ts'
import type { CsvRecord } from './readRecords.ts'
import type { Gone } from './readStatuses.ts'
import { readSubscriber } from './readSubscriber.ts'
import type { TopicFinder } from './readTopicNames.ts'

/** What is the same for all rows of one import. */
export interface Importing {
  list: SubscriberList
  plan: ImportPlan
  gone: Gone
  topics: TopicFinder
  /** A row with this time of creation came from the same file. */
  now: Date
  from: Provenance
  /** Of a dry run: whether an earlier block had the address. Null: what there is to be written is written. */
  dryRun: { isRepeated: (email: string) => boolean } | null
}

/** One block: in one write those who are new subscribers. Gives what became of each row, in the order of the file. */
export async function importRows(
  importing: Importing,
  rows: readonly CsvRecord[],
): Promise<{ outcomes: RowOutcome[]; unknownTags: string[] }> {
  const { outcomes, found, unknownTags } = readRows(importing, rows)
  const standing = await standingOf(importing, [...found.values()])
  for (const { line, lastLine, subscriber } of found.values()) {
    const { email, status } = subscriber
    const why = standing.get(email)
    outcomes.push({ line, lastLine, ...(why ?? { kind: 'imported', email, status }) })
  }
  return { outcomes: outcomes.sort((a, b) => a.line - b.line), unknownTags }
}

type Found = { line: number; lastLine: number; subscriber: NewSubscriber }

function readRows({ plan, gone, topics, now, dryRun }: Importing, rows: readonly CsvRecord[]) {
  const outcomes: RowOutcome[] = []
  const found = new Map<string, Found>()
  const unknownTags: string[] = []
  for (const row of rows) {
    const { line, lastLine } = row
    const read =
      row.kind === 'broken'
        ? refuse(row.problem)
        : readSubscriber({ values: row.values, plan, gone, topics, now })
    if (read.kind === 'refused') {
      // What cannot be split is one cell.
      outcomes.push({ line, lastLine, ...read, values: row.kind === 'values' ? row.values : [row.text] })
      continue
    }
    const { email } = read.subscriber
    if (found.has(email) || dryRun?.isRepeated(email))
      outcomes.push({ line, lastLine, kind: 'repeated', email })
    else found.set(email, { line, lastLine, subscriber: read.subscriber })
    unknownTags.push(...read.unknownTags)
  }
  return { outcomes, found, unknownTags }
}

const refuse = (problem: RowProblem) => ({ kind: 'refused' as const, problems: [problem] })

/** Why some of them are not added, by address. */
async function standingOf(
  { list, now, from, dryRun }: Importing,
  found: Found[],
): Promise<Map<string, { kind: Standing['kind'] | 'repeated'; email: string }>> {
  const subscribers = found.map(({ subscriber }) => subscriber)
  if (subscribers.length === 0) return new Map()
  const standing = dryRun
    ? await list.findStanding(subscribers.map(({ email }) => email))
    : await list.addNew({ subscribers, now, from })
  return new Map(
    standing.map((one) => {
      const isOurs = one.kind === 'known' && one.createdAt.getTime() === now.getTime()
      return [one.email, { kind: isOurs ? ('repeated' as const) : one.kind, email: one.email }]
    }),
  )
}
