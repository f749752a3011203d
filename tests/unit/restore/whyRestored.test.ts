import { describe, expect, it } from '@jest/globals'
import { whyRestored, type Restored, type StartFacts } from '../../../src/restore/rules/whyRestored.ts'

const now = new Date('2026-11-29T10:00:00.000Z')
const known = { folder: 'f', mark: 5, isOriginal: true }
const CALM: StartFacts = {
  ...{ file: known, mark: 5, hasFolders: true },
  ...{ hasUnfinished: true, isMailing: true, workerSeenAt: now, now },
}

describe('whether the database may be older than what was mailed', () => {
  it.each<[string, Partial<StartFacts>, Restored | null]>([
    ['both have seen the same', {}, null],
    ['the database has seen more: a process was killed between two writes', { mark: 6 }, null],
    ['the folder has seen more', { mark: 4 }, 'database_older'],
    ['the database does not know the folder', { mark: null }, 'database_older'],
    ['the folder’s file is a copy', { file: { ...known, isOriginal: false } }, 'folder_copied'],
    ['the folder is empty', { file: null, mark: null }, 'folder_unknown'],
    [
      'the folder is empty, and nothing would be mailed by itself',
      { file: null, mark: null, hasUnfinished: false, isMailing: false },
      null,
    ],
    ['no folder was ever known: an earlier version', { file: null, mark: null, hasFolders: false }, null],
    ['the worker was seen an hour ago', { workerSeenAt: new Date('2026-11-29T09:00:00.000Z') }, null],
    [
      'the worker was seen longer ago',
      { workerSeenAt: new Date('2026-11-29T08:59:59.000Z') },
      'worker_silent',
    ],
    [
      'the worker was seen longer ago, and no campaign is under way',
      { workerSeenAt: new Date('2026-11-28T10:00:00.000Z'), isMailing: false },
      null,
    ],
    ['no worker was ever seen', { workerSeenAt: null }, null],
  ])('%s', (_, change, expected) => {
    expect(whyRestored({ ...CALM, ...change })).toBe(expected)
  })
})
