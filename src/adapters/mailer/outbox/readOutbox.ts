import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import PostalMime, { decodeWords, type Address, type Email } from 'postal-mime'
import { isOutboxFile } from './fileName.ts'
import { outboxFiles, type OutboxFile } from './outboxFiles.ts'
import { readHeaderBlock } from './readHeaderBlock.ts'

export interface OutboxEntry {
  /** The file's name in the outbox, which also names the mail for readOutboxMail. */
  name: string
  subject: string
  from: string
  to: string
  /** ISO 8601 */
  date: string
}

export interface OutboxMail extends OutboxEntry {
  html: string | null
  text: string | null
  /** In the order of the file, encoded words decoded. */
  headers: { name: string; value: string }[]
  bytes: number
  htmlBytes: number
}

export interface OutboxPage {
  entries: OutboxEntry[]
  total: number
  page: number
  totalPages: number
}

/**
 * One page of the outbox, newest first. Reads the headers of that page's files alone, unless there is something to
 * search for: then every file's, the first time. A file that is no mail is left out; a page beyond the last is the last.
 * @param search is looked for in subject, sender and recipient, whatever the case.
 */
export async function listOutbox({
  directory,
  page,
  pageSize,
  search = '',
}: {
  directory: string
  page: number
  pageSize: number
  search?: string
}): Promise<OutboxPage> {
  const files = (await outboxFiles(directory)).filter((file) => file.entry !== null)
  const found = search.trim() === '' ? files : await matching({ directory, files, search })
  const totalPages = Math.max(1, Math.ceil(found.length / pageSize))
  const shown = Math.min(Math.max(1, Math.trunc(page) || 1), totalPages)
  const onPage = found.slice((shown - 1) * pageSize, shown * pageSize)
  const entries = (await readEntries(directory, onPage)).filter((entry) => entry !== null)
  // One that has just turned out to be no mail is out of the count from now on.
  if (entries.length < onPage.length) return listOutbox({ directory, page, pageSize, search })
  return { entries, total: found.length, page: shown, totalPages }
}

/** One mail of the outbox, or null when there is none of that name, or none in the outbox itself. */
export async function readOutboxMail({
  directory,
  name,
}: {
  directory: string
  name: string
}): Promise<OutboxMail | null> {
  if (!isOutboxFile(name)) return null
  const source = await readFile(join(directory, name)).catch(() => null)
  const parsed = source && (await PostalMime.parse(source))
  const entry = parsed && toEntry({ name, parsed, modifiedAt: new Date(0) })
  if (!entry) return null
  return {
    ...entry,
    html: parsed.html ?? null,
    text: parsed.text ?? null,
    headers: parsed.headers.map(({ originalKey, value }) => ({
      name: originalKey,
      value: decodeWords(value),
    })),
    bytes: source.byteLength,
    htmlBytes: Buffer.byteLength(parsed.html ?? ''),
  }
}

async function matching({
  directory,
  files,
  search,
}: {
  directory: string
  files: OutboxFile[]
  search: string
}): Promise<OutboxFile[]> {
  await readEntries(directory, files)
  const wanted = search.trim().toLocaleLowerCase()
  return files.filter(
    ({ entry }) =>
      entry && `${entry.subject}\n${entry.from}\n${entry.to}`.toLocaleLowerCase().includes(wanted),
  )
}

/** How many files are open at once. */
const READING_LANES = 32

/** Reads the headers that have not been read yet, and keeps them: a mail never changes once it is written. */
async function readEntries(directory: string, files: OutboxFile[]): Promise<(OutboxEntry | null)[]> {
  const unread = files.filter((file) => file.entry === undefined)
  let next = 0
  await Promise.all(
    Array.from({ length: READING_LANES }, async () => {
      for (let file = unread[next++]; file; file = unread[next++])
        file.entry = await readEntry(directory, file)
    }),
  )
  return files.map((file) => file.entry ?? null)
}

async function readEntry(directory: string, { name, modifiedAt }: OutboxFile): Promise<OutboxEntry | null> {
  const block = await readHeaderBlock(join(directory, name)).catch(() => null)
  return block && toEntry({ name, parsed: await PostalMime.parse(block), modifiedAt })
}

/** A file without a sender is no mail of ours. */
function toEntry({
  name,
  parsed,
  modifiedAt,
}: {
  name: string
  parsed: Email
  modifiedAt: Date
}): OutboxEntry | null {
  if (!parsed.from?.address) return null
  const date = new Date(parsed.date ?? modifiedAt)
  return {
    name,
    subject: parsed.subject ?? '',
    from: showAddress(parsed.from),
    to: (parsed.to ?? []).map(showAddress).join(', '),
    date: (Number.isNaN(date.getTime()) ? modifiedAt : date).toISOString(),
  }
}

const showAddress = ({ name, address }: Address): string => (name ? `${name} <${address}>` : (address ?? ''))
