import { columnKey } from './fields.ts'
import type { StatusColumn } from './statusColumns.ts'

/** What one cell says of a person, from the best to the worst. */
export const VERDICTS = ['active', 'pending', 'unsubscribed', 'blocked', 'bounced', 'complained'] as const
export type Verdict = (typeof VERDICTS)[number]

/** `nothing`: the cell does not speak of the person's status. `unknown`: it does, in a way that only somebody can tell. */
export type Said = Verdict | 'nothing' | 'unknown'

export const worse = (one: Verdict, other: Verdict): Verdict =>
  VERDICTS.indexOf(one) > VERDICTS.indexOf(other) ? one : other

/**
 * What a cell of a status column says. A word that says it by itself counts as what it means; yes and no count by the sense of
 * the column.
 */
export function readStatusCell({ cell, column }: { cell: string; column: StatusColumn }): Said {
  const said = meaningOf({ cell: cell.trim(), column })
  return said === 'unknown' && column.isSoft ? 'nothing' : said
}

function meaningOf({
  cell,
  column: { sense, bad, whenEmpty },
}: {
  cell: string
  column: StatusColumn
}): Said {
  if (isEmpty(cell)) return emptyMeans({ sense, whenEmpty })
  const key = columnKey(cell)
  const word = WORDS.get(key)
  switch (sense) {
    case 'leftAt': {
      if (answerOf(cell) === 'no' || NOT_BAD.includes(key)) return 'nothing'
      // Any date, reason or code says that it happened; the code may say what.
      const told = /bounce|invalid/i.test(cell) ? 'bounced' : /spam|complain/i.test(cell) ? 'complained' : bad
      return worse(told, bad === 'blocked' && told !== 'blocked' ? told : bad)
    }
    case 'confirmedAt':
      return answerOf(cell) === 'no' ? 'pending' : 'active'
    case 'optOut': {
      if (word && word !== 'active' && word !== 'pending') return worse(word, bad)
      if (/^\d{4}-\d{2}-\d{2}/.test(cell)) return bad
      const answer = answerOf(cell)
      return answer === 'yes' ? bad : answer === 'no' || NOT_BAD.includes(key) ? 'active' : 'unknown'
    }
    case 'optIn':
    case 'confirmed': {
      if (word) return word
      if (/^\d{4}-\d{2}-\d{2}/.test(cell)) return 'active'
      const answer = answerOf(cell)
      if (answer === null) return 'unknown'
      return answer === 'yes' ? 'active' : sense === 'confirmed' ? 'pending' : 'unsubscribed'
    }
    case 'state': {
      if (word) return word
      const number = NUMBERS[key]
      if (number) return number
      const answer = answerOf(cell)
      return answer === null ? 'unknown' : answer === 'yes' ? 'active' : 'unsubscribed'
    }
    case 'unclear':
      // Good words may be turned by what we do not understand; bad ones stay bad.
      return word && word !== 'active' ? word : 'unknown'
  }
}

/** Klaviyo writes an empty list as brackets. */
const isEmpty = (cell: string) => ['', '[]', '{}', 'null', 'NULL', '""'].includes(cell)

function emptyMeans({ sense, whenEmpty }: Pick<StatusColumn, 'sense' | 'whenEmpty'>): Said {
  if (whenEmpty === 'nothing') return 'nothing'
  if (whenEmpty === 'asked') return 'unknown'
  return sense === 'confirmedAt' ? 'pending' : 'unsubscribed'
}

const NOT_BAD = [
  'never',
  'none',
  'aldrig',
  'inga',
  'ingen',
  'notblocklisted',
  'notblacklisted',
  'unblocklisted',
  'ok',
  'na',
]

/** ActiveCampaign: 0 unconfirmed, 1 active, 2 unsubscribed, 3 bounced. */
const NUMBERS: Record<string, Verdict | undefined> = {
  0: 'pending',
  1: 'active',
  2: 'unsubscribed',
  3: 'bounced',
}

const YES = [
  'yes',
  'y',
  'true',
  't',
  '1',
  'on',
  'x',
  'ja',
  'j',
  'sant',
  'checked',
  'ikryssad',
  '✓',
  '✔',
  '☑',
  'wahr',
  'oui',
  'vrai',
  'kylla',
  'si',
]
const NO = [
  'no',
  'n',
  'false',
  'f',
  '0',
  'off',
  'nej',
  'falskt',
  'unchecked',
  '-',
  '–',
  '✗',
  '☐',
  'nei',
  'nein',
  'falsch',
  'non',
  'faux',
  'ei',
  'none',
]

/** `Ja tack` and `No, thanks` begin with what counts. */
function answerOf(cell: string): 'yes' | 'no' | null {
  const text = cell.toLowerCase()
  const [first = ''] = text.split(/[\s,.;!]+/)
  if (NO.includes(text) || NO.includes(first)) return 'no'
  if (YES.includes(text)) return 'yes'
  return YES.includes(first) && !/\b(?:no|not|nej|inte|ej|aldrig|never|unsub|avreg|avan)/.test(text)
    ? 'yes'
    : null
}

const BY_VERDICT: Record<Verdict, string> = {
  active:
    'active subscribed subscriber aktiv aktiva aktivt prenumererar prenumerant prenumererad enabled confirmed optedin optin regular premium gifted express explicit verified bekraftad godkand inskriven registrerad samtycker samtyckt granted given marketingcontact singleoptin doubleoptin accepted accepterat subscribe',
  pending:
    'pending unconfirmed unactivated notconfirmed awaitingconfirmation awaiting confirmationpending obekraftad obekraftat ejbekraftad ejbekraftat intebekraftad vantar vantande invantar unverified notverified invited pendingconfirmation pendingoptin optinpending doubleoptinpending pendingdoubleoptin',
  unsubscribed:
    'unsubscribed unsubscribe unsub unsubscriber cancelled canceled inactive inaktiv inaktiva inaktivt ejaktiv ejaktiva ejaktivt inteaktiv inteaktiva notactive nonactive left optedout optout disabled deactivated avregistrerad avregistrerat avregistrerade avanmald avanmalt avanmalda avslutad avslutat avprenumererad avbruten avbojt lamnat removed deleted archived arkiverad nonsubscribed neversubscribed notsubscribed nonsubscriber unsubscribedbyadmin notoptedin neveroptedin nonmarketingcontact notmarketingcontact expired vilande borttagen raderad declined denied revoked withdrawn refused aterkallat notset notgranted ejsamtycke ingetsamtycke noconsent prenumererarinte ejprenumerant upphord stoppad inactivated',
  blocked:
    'suppressed blocked blocklisted blacklisted blacklist blocklist sparrad sparrat sparrade banned malicious blockerad blockerat donotemail donotcontact donotmail globalunsubscribe globallyunsubscribed globalsuppressed',
  bounced:
    'bounced bounce hardbounce hardbounced softbounce softbounced cleaned undeliverable undelivered invalid invalidemail studsad studsat studsar studsade hardstuds mjukstuds dead nonexistent badaddress invalidaddress emailinvalid obestallbar ogiltig returned failed',
  complained:
    'complained complaint complainer complaints spam junk spamcomplaint spamcomplained markedasspam markedspam abuse spammy spamreport reportedspam reportedasspam skrappost klagat klagomal spamrapporterad spamanmald',
}

const WORDS = new Map(
  VERDICTS.flatMap((verdict) => BY_VERDICT[verdict].split(' ').map((word) => [word, verdict] as const)),
)
