import { setImmediate as letOthersRun } from 'node:timers/promises'
import type { Id } from '../newsletter/model.ts'
import type { Clock } from '../newsletter/ports.ts'
import { importRows } from './importRows.ts'
import type { ImportRuns } from './importRuns.ts'
import { inBlocks } from './fileParts.ts'
import { planImport, type ImportChoices, type ImportPlan } from './planImport.ts'
import type { Provenance, SubscriberList } from './ports.ts'
import { noCounts, type ImportCounts, type RowOutcome } from './problems.ts'
import { readLines } from './readLines.ts'
import { addressKey, readStatuses } from './readStatuses.ts'
import { topicFinder } from './readTopicNames.ts'
import { openSubscriberFile } from './subscriberFile.ts'
import { SubscriberFileError } from './SubscriberFileError.ts'

/** Rows per write: short enough that a request between two of them waits for some ten milliseconds. */
const BLOCK_SIZE = 100

/** So many names of tags that are no topics here are told; more are no help. */
const MAX_UNKNOWN_TAGS = 50

export interface ImportRequest {
  path: string
  from: Provenance
  choices?: ImportChoices
  /** Whether nothing is written, and the outcomes are what would be. */
  isDryRun?: boolean
}

export type ImportStep =
  | { kind: 'plan'; plan: ImportPlan; lines: number }
  /** A block is done, up to this line of the file; the counts are of all so far. */
  | { kind: 'block'; line: number; outcomes: RowOutcome[]; counts: ImportCounts }
  | { kind: 'done'; counts: ImportCounts; unknownTags: string[]; run: Id | null }

/**
 * Adds the people in a CSV file to the subscribers, a block at a time: the next one is written when the next step is asked
 * for, so that whoever stops asking stops the import. Nothing of a person who is a subscriber already is changed and nobody
 * comes back who must not be mailed, so that the same file can be imported again, after a crash or after mending it.
 * With `runs` the import is a row that all whom it adds name, by which it can be taken back; from then on it ends without `done`.
 * Memory stays constant however long the file is; a dry run remembers some ten bytes of each address.
 * @throws SubscriberFileError when the file as a whole is wrong, before anything is written.
 */
export async function* importSubscribers(
  { list, clock, runs }: { list: SubscriberList; clock: Clock; runs?: ImportRuns },
  { path, from, choices = {}, isDryRun = false }: ImportRequest,
): AsyncGenerator<ImportStep> {
  const file = await openSubscriberFile({ path, separator: choices.separator })
  const plan = planImport({ file, choices, fileName: from.file })
  // Reads the whole file once: what is wrong in its last line is found before the first person is written.
  let lines = 0
  for await (const line of readLines({ path, encoding: file.encoding })) lines = line.number
  const gone = await readStatuses({ rows: file.readRows(), plan, fileName: from.file })
  const topics = topicFinder(await list.readTopics())
  if (plan.topic !== null && topics.bySlugs(plan.topic).unknown.length > 0) throw noTopic(plan.topic)
  yield { kind: 'plan', plan, lines }
  const now = clock.now()
  const run = runs && !isDryRun ? await runs.begin({ file: from.file, by: from.by, now }) : null
  const importing = {
    list,
    plan,
    gone,
    topics,
    now,
    from: { ...from, run },
    dryRun: isDryRun ? rememberer() : null,
  }
  const counts = noCounts()
  const unknownTags = new Set<string>()
  for await (const rows of inBlocks({
    records: file.readRows(),
    size: BLOCK_SIZE,
  })) {
    if (run !== null && !(await runs?.isOpen(run))) return
    const { outcomes, unknownTags: tags } = await importRows(importing, rows)
    for (const { kind } of outcomes) counts[kind] += 1
    for (const tag of tags) if (unknownTags.size < MAX_UNKNOWN_TAGS) unknownTags.add(tag)
    yield { kind: 'block', line: rows.at(-1)?.lastLine ?? 0, outcomes, counts: { ...counts } }
    await letOthersRun()
  }
  if (run !== null) await runs?.finish({ id: run, counts, now: clock.now() })
  yield { kind: 'done', counts, unknownTags: [...unknownTags], run }
}

const noTopic = (slug: string) =>
  new SubscriberFileError({
    en: `cannot be imported to a topic that is not there: “${slug}”. Choose another one`,
    sv: `kan inte importeras till ett ämne som inte finns: ”${slug}”. Välj ett annat`,
  })

/** By 48 bits of a hash: among a million addresses, two share them in one of 500 files, and one is told as repeated. */
function rememberer(): { isRepeated: (email: string) => boolean } {
  const seen = new Set<number>()
  return {
    isRepeated: (email) => {
      const key = addressKey(email)
      const isRepeated = seen.has(key)
      seen.add(key)
      return isRepeated
    },
  }
}
