import { addressOf } from '../api/readEmail.ts'
import type { AcceptedMail } from '../model.ts'
import type { Counts } from './counts.ts'
import { trimStart } from './trimStart.ts'

const MOST_NAMED = 100

type MailCounts = Pick<Counts, 'mails' | 'addresses' | 'addressesTwiceOrMoreTotal' | 'addressesTwiceOrMore'>

export interface MailLog {
  /** The mails that are kept, oldest first. */
  mails: AcceptedMail[]
  add: (more: readonly AcceptedMail[]) => void
  find: (id: string) => AcceptedMail | undefined
  counts: () => MailCounts
  /** How many each address got, in the order of its first. */
  addresses: () => Iterable<[address: string, mails: number]>
  /** Counts from nothing; the list stays. */
  countAnew: () => void
  forget: () => void
}

/** @param keeps how many mails stay; counted are all. 0 keeps nothing but a number for each address. */
export function startMailLog({ keeps }: { keeps: number }): MailLog {
  const mails: AcceptedMail[] = []
  const byId = new Map<string, AcceptedMail>()
  const byAddress = new Map<string, number>()
  const twiceOrMore = new Set<string>()
  let total = 0

  const countAddress = (named: string) => {
    const address = addressOf(named).toLowerCase()
    const before = byAddress.get(address) ?? 0
    byAddress.set(address, before + 1)
    if (before > 0) twiceOrMore.add(address)
  }
  const keep = (mail: AcceptedMail) => {
    mails.push(mail)
    byId.set(mail.id, mail)
  }
  const countAnew = () => {
    total = 0
    byAddress.clear()
    twiceOrMore.clear()
  }
  return {
    mails,
    add: (more) => {
      total += more.length
      for (const { to, cc, bcc } of more) for (const list of [to, cc, bcc]) list.forEach(countAddress)
      if (keeps === 0) return
      more.forEach(keep)
      for (const { id } of trimStart({ list: mails, keeps })) byId.delete(id)
    },
    find: (id) => byId.get(id),
    counts: () => ({
      mails: total,
      addresses: byAddress.size,
      addressesTwiceOrMoreTotal: twiceOrMore.size,
      addressesTwiceOrMore: [...firstOf(twiceOrMore)].map((address) => ({
        address,
        mails: byAddress.get(address) ?? 0,
      })),
    }),
    addresses: () => byAddress,
    countAnew,
    forget: () => {
      mails.length = 0
      byId.clear()
      countAnew()
    },
  }
}

function* firstOf(addresses: Iterable<string>): Generator<string> {
  let left = MOST_NAMED
  for (const address of addresses) {
    if (left-- === 0) return
    yield address
  }
}
