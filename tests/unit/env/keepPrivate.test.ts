import { chmodSync, mkdirSync, mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { keepPrivate } from '../../../src/keepPrivate.ts'

let root: string
const mask = process.umask()

beforeEach(() => {
  process.umask(0o022)
  root = mkdtempSync(join(tmpdir(), 'utskick-private-'))
})
afterEach(() => {
  process.umask(mask)
  rmSync(root, { recursive: true, force: true })
})

const write = (...names: string[]) => {
  for (const name of names) {
    const path = join(root, name)
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, 'x', { mode: 0o644 })
  }
}
const modeOf = (name: string) => (statSync(join(root, name)).mode & 0o7777).toString(8)
const modesOf = (...names: string[]) => Object.fromEntries(names.map((name) => [name, modeOf(name)]))
const keep = ({ dataDir = 'data', database = 'data/u.db' } = {}) =>
  keepPrivate({
    dataDir: join(root, dataDir),
    database: { kind: 'sqlite', url: `file:${join(root, database)}` },
  })

describe('the data folder', () => {
  it('that is not there is made for this user alone, and so is all that is written later', () => {
    keep()
    write('data/media/a.jpg')
    expect(modesOf('data', 'data/media', 'data/media/a.jpg')).toEqual({
      data: '700',
      'data/media': '700',
      'data/media/a.jpg': '600',
    })
  })

  it('of an earlier version is closed, with the database, mails, images and imports in it', () => {
    const names = [
      'u.db',
      'u.db-wal',
      'u.db-shm',
      'u.db.lock',
      'secret',
      'outbox/a.eml',
      'media/a/b.jpg',
      'imports/c.csv',
    ]
    write(...names.map((name) => `data/${name}`), 'data/notes.txt')
    keep()
    expect(modesOf('data', 'data/outbox', 'data/media', 'data/media/a', 'data/imports')).toEqual({
      data: '700',
      'data/outbox': '700',
      'data/media': '700',
      'data/media/a': '700',
      'data/imports': '700',
    })
    expect(names.map((name) => modeOf(`data/${name}`))).toEqual(names.map(() => '600'))
  })

  it.each([0o755, 0o777])('is closed with mode %o too, and with folders in it that are not ours', (mode) => {
    write('data/u.db', 'data/other/x')
    chmodSync(join(root, 'data'), mode)
    keep()
    expect(modesOf('data', 'data/u.db', 'data/other')).toEqual({
      data: '700',
      'data/u.db': '600',
      'data/other': '755',
    })
  })

  it('and that of the database are both closed when they are two', () => {
    write('data/outbox/a.eml', 'db/u.db')
    keep({ database: 'db/u.db' })
    expect(modesOf('data', 'data/outbox/a.eml', 'db', 'db/u.db')).toEqual({
      data: '700',
      'data/outbox/a.eml': '600',
      db: '700',
      'db/u.db': '600',
    })
  })
})

describe('a folder that others use too', () => {
  it('keeps its mode when it is made for all, as /tmp is; our own in it are closed', () => {
    write('data/u.db', 'data/secret', 'data/outbox/a.eml', 'data/theirs.txt')
    chmodSync(join(root, 'data'), 0o1777)
    keep()
    expect(
      modesOf('data', 'data/theirs.txt', 'data/u.db', 'data/secret', 'data/outbox', 'data/outbox/a.eml'),
    ).toEqual({
      data: '1777',
      'data/theirs.txt': '644',
      'data/u.db': '600',
      'data/secret': '600',
      'data/outbox': '700',
      'data/outbox/a.eml': '600',
    })
  })
})

describe('the folder of the database alone', () => {
  it('keeps its mode when it holds a folder that is not ours', () => {
    write('db/u.db', 'db/other/x')
    keep({ database: 'db/u.db' })
    expect(modesOf('db', 'db/u.db', 'db/other')).toEqual({ db: '755', 'db/u.db': '600', 'db/other': '755' })
  })
})
