import { columnKey } from './fields.ts'
import type { Verdict } from './statusWords.ts'

/**
 * How a column speaks of a person. `state`: by a word, such as “unsubscribed”. `optIn`, `confirmed`: yes is good. `optOut`: yes is
 * bad. `leftAt`: bad when anything is there. `confirmedAt`: good when anything is there.
 */
export type Sense = 'state' | 'optIn' | 'confirmed' | 'optOut' | 'leftAt' | 'confirmedAt' | 'unclear'

/** What becomes of somebody of whom the bad thing is said. */
export type Bad = 'unsubscribed' | 'bounced' | 'complained' | 'blocked'

export interface StatusColumn {
  sense: Sense
  bad: Bad
  /** An empty cell: `asked` when nobody can know, otherwise it says nothing against the person, or no. */
  whenEmpty: 'asked' | 'nothing' | 'no'
  /** The column may tell other things: values that we do not know say nothing, unless others in it are words of a status. */
  isSoft: boolean
  /** What this column alone means by some words, by columnKey. */
  words?: Readonly<Record<string, Verdict>>
}

const column = (sense: Sense, over: Partial<StatusColumn> = {}): StatusColumn => ({
  sense,
  bad: 'unsubscribed',
  whenEmpty: sense === 'leftAt' ? 'nothing' : sense === 'optIn' || sense === 'confirmedAt' ? 'no' : 'asked',
  isSoft: false,
  ...over,
})

/** Subscribers who pay, once paid or have not: all of them get the mails (SubscriberType in github.com/buttondown/openapi, enums.json). */
const PAYING: Readonly<Record<string, Verdict>> = {
  ...{ trialed: 'active', unpaid: 'active', churning: 'active', paused: 'active', pastdue: 'active' },
}

/** MailUp says in it how somebody left, from 0 on: it is there for nobody else (help.mailup.com, “Unsubscribed recipients”). */
const HOW_LEFT: Readonly<Record<string, Verdict>> = Object.fromEntries(
  Array.from({ length: 10 }, (_, number) => [number, 'unsubscribed']),
)

/** How often somebody wants mails. Who wants them never has left. */
const FREQUENCY = /frequency|frekvens|cadence|preferen[cs]|^huroft/
const NEVER: Readonly<Record<string, Verdict>> = { never: 'unsubscribed', aldrig: 'unsubscribed' }

/** Columns of programs that people come from, by columnKey, where the name alone says too little or too much. */
const KNOWN: Record<string, StatusColumn | null> = {
  // Own files.
  suppression: null,
  pauseduntil: null,
  // Substack: disabled is the turned sense, and active_subscription is about paying.
  emaildisabled: column('optOut'),
  activesubscription: null,
  // HubSpot writes nothing for whoever has not left.
  unsubscribedfromallemail: column('optOut', { whenEmpty: 'nothing' }),
  emailhardbouncereason: column('leftAt', { bad: 'bounced' }),
  marketingcontactstatus: column('state'),
  // Klaviyo.
  emailsuppressions: column('leftAt', { bad: 'blocked' }),
  emailsuppressionreasons: column('leftAt', { bad: 'blocked' }),
  // Brevo.
  blacklist: column('optOut', { bad: 'blocked' }),
  emailblacklisted: column('optOut', { bad: 'blocked' }),
  // Buttondown; in other files the column says what kind of customer somebody is.
  type: column('state', { isSoft: true, whenEmpty: 'nothing', words: PAYING }),
  subscribertype: column('state', { words: PAYING }),
  // Substack’s dashboard: free, paid, gift; whether mails come is a column of its own.
  subscriptiontype: column('state', { isSoft: true, whenEmpty: 'nothing' }),
  // MailUp.
  optouttype: column('state', { whenEmpty: 'nothing', words: HOW_LEFT }),
  // Mailjet.
  isexcludedfromcampaigns: column('optOut', { bad: 'blocked' }),
  // AWeber: when it was stopped, beside “Stop Status”.
  stoptime: column('leftAt'),
  // Mailchimp: why somebody left; when, is a column of its own. The opt-in times are read together: see neverSubscribed.
  unsubreason: null,
  unsubreasonother: null,
  unsubcampaigntitle: null,
  unsubcampaignid: null,
  cleancampaigntitle: null,
  cleancampaignid: null,
  optintime: null,
  optinip: null,
  confirmtime: null,
  confirmip: null,
  // Where somebody lives, when the file has an address; Kit's own state otherwise.
  state: column('state'),
}

/** Names that look like a status and are about something else. */
const ELSEWHERE =
  /sms|mms|whatsapp|phone|telefon|mobil|push|postal|brevpost|directmail|\btier|paid|betal|stripe|plan$|billing|order|payment|invoice|faktur|shipping|lead|lifecycle|marital|civil|employ|anstall|taxexempt|rating|opens|clicks|stateregion|stateprovince|bouncerate|numberof|antal|(?<!ac)count$|campaign|kampanj|source$|kalla$|^consentsource$|samtyckefran|ip$|ipaddress|text$|url$|link$|method$|provider|reason$|orsak$|lank$|totrack|tracking|level$|lists$|listor$|groups$|grupper$/

/** Of another way to reach people than mail. */
const OTHER_CHANNEL = /sms|mms|whatsapp|phone|telefon|mobil|push|postal|brevpost|directmail|fax/

/** Whatever such a column holds, it is not about who may be mailed. */
const HARMLESS =
  /^(?:id|uuid|company|companyname|organi[sz]ation\w*|foretag\w*|kund(?:nr|nummer|id)|address\w*|adress\w*|street\w*|gata|gatuadress|city|town|ort|stad|zip\w*|post(?:nr|nummer|ort|code|alcode)|country\w*|land|region|province|county|lan|title|titel|jobtitle|job|yrke|department|avdelning|birthday|fodelsedag|gender|kon|private|privat|iscomped|comped|complimentary\w*|premium|ispremium|vip|isvip|gift|isgift|test|istest|leid|euid|latitude|longitude|gmtoff|dstoff|timezone|cc|website|webbplats|notesurl|avatar|photo|subject|sensitivity|priority)$/

const NEGATIVE: [RegExp, Bad][] = [
  [/bounc|stud[sd]|undeliver|obestallbar|clean|quarantin|karantan|(?:^|is|email)invalid|^ogiltig/, 'bounced'],
  [/complain|klag|spam|abuse|skrap/, 'complained'],
  [/blacklist|blocklist|blocked|blockerad|suppress|sparr|svartlist/, 'blocked'],
  [
    /unsub|optout|optedout|avregistr|avanmal|avprenum|avslut|disabl|inaktiv|inactive|cancel|donot|dontemail|avboj|nejtack|left(at|date|on)?$|lamnade|removed|deleted|borttag|raderad|avbest|uttrad|uppsag|slutat|^exclu|isexclu|utesl|unmarketable|^dn[cem]$|^nix|^nomail$|stoppad|stoppdat|stopped|abgemeldet|abmeld|abbestell|avmeld|afmeld|afgemeld|uitgeschr|desabon|desinscri|desuscri|cancelad|(?:^|de)baja$|peruttu|perunut|erased|erasure|forgotten|deceased|avliden|退订|取消订阅|配信停止|退会/,
    'unsubscribed',
  ],
]
const POSITIVE =
  /optin|optedin|subscri|prenum|consent|samtyck|gdpr|newsletter|nyhetsbrev|nyhetsmail|nyhetsmejl|marketing|marknadsf|accepts|acceptera|permission|tillstand|receiv|mottar|utskick|mailing|emailme|wantsemail|villha|godkan|active$|^active|aktiv$|^aktiv|enabled/
const CONFIRMATION = /confirm|bekraft|verifi|doubleopt/
const STATE = /status|state$|tillstand$|^statut$|^estado$|^stato$|^tila$|^tilstand$|^zustand$/
/** Something came to an end, and only somebody who knows the file can tell whether that was the newsletter. */
const END =
  /^(?:slutdatum|enddate|endedat|endedon|ended|churned(?:at|on|date)?|memberuntil|medlemtill|subscriptionend\w*|prenumerationslut\w*|utgang(?:en)?|utgangsdatum|utgar|expir(?:es|y|ed|ation)(?:date|at|on)?)$/
const PENDING = /pending|vantar|awaiting|unconfirm|obekraft|unverif/
const REASON = /(?:reason|orsak|skal|reasonother)$/
/** “Not”, which turns the sense of what follows. */
const NEGATION =
  /^(?:no|not|non|inte|ej|icke|ingen|inget)(?=[a-z])|(?:isnot|vill(?:du)?inte|inteha|inteaktiv|ejaktiv|dontwant|donotwant)/
const TIME =
  /(?:time|date|datum|tid|tidpunkt|timestamp|edat|_at|_on|_den|_since|_sedan)$|^(?:date|datum|nar|fecha)/

/** What the name of a column says of its sense; null when it is not about who may be mailed. */
export function statusColumn(name: string): StatusColumn | null {
  const key = columnKey(name)
  const known = KNOWN[key]
  if (known !== undefined) return known
  const negative = NEGATIVE.find(([pattern]) => pattern.test(key))
  // Nobody has a reason for leaving who has not left.
  if (negative && REASON.test(key) && !OTHER_CHANNEL.test(key)) return column('leftAt', { bad: negative[1] })
  if (END.test(key)) return column('unclear', { whenEmpty: 'nothing' })
  if (ELSEWHERE.test(key)) return null
  if (FREQUENCY.test(key)) return column('state', { isSoft: true, whenEmpty: 'nothing', words: NEVER })
  const isTime =
    TIME.test(withLastWord(name)) &&
    !/(?:state|status|consent|optin|optout|subscription|prenumeration|optedin)$/.test(key)
  if (isTime) return columnOfTime({ key, negative })
  if (STATE.test(key)) return column(/bounc|spam/.test(key) ? 'unclear' : 'state')
  const isPositive = POSITIVE.test(negative ? withoutNegative(key) : key)
  const isTurned = NEGATION.test(key) || PENDING.test(key)
  if (negative) return column(isTurned || isPositive ? 'unclear' : 'optOut', { bad: negative[1] })
  if (CONFIRMATION.test(key)) return column(isTurned ? 'unclear' : 'confirmed')
  return isPositive || PENDING.test(key) ? column(isTurned ? 'unclear' : 'optIn') : null
}

/** How a column may be about who is mailed whose name does not say so: `not` at all, by clear words only, or by any. */
export function hiddenStatus(name: string): 'not' | 'clear' | 'any' {
  const key = columnKey(name)
  if (KNOWN[key] === null || OTHER_CHANNEL.test(key) || HARMLESS.test(key)) return 'not'
  return ELSEWHERE.test(key) || TIME.test(withLastWord(name)) ? 'clear' : 'any'
}

/** The name in one word, and before the last of them a mark: “subscribed at” and `subscribedAt` are times, “format” is none. */
function withLastWord(name: string): string {
  const words = name
    .replace(/([a-zåäö])([A-ZÅÄÖ])/g, '$1 $2')
    .split(/[^\p{L}\p{N}\p{M}]+/u)
    .map(columnKey)
    .filter(Boolean)
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join('')}_${words.at(-1)}`
}

/** “Unsubscribed” holds “subscribed”, and “email marketing opt-out” speaks of what one is out of. */
const withoutNegative = (key: string) =>
  key.replace(
    /unsubscri\w*|(?:email|mail)?marketing|newsletter|nyhetsbrev\w*|avprenum\w*|subscriptions?$|inactive|inaktiv\w*|emailoptout/g,
    '',
  )

function columnOfTime({
  key,
  negative,
}: {
  key: string
  negative: [RegExp, Bad] | undefined
}): StatusColumn | null {
  // When somebody was removed from another program is read as such: see fields.ts.
  if (/^deleted/.test(key)) return null
  if (negative) return column('leftAt', { bad: negative[1] })
  return CONFIRMATION.test(key) && !/consent|samtyck/.test(key) ? column('confirmedAt') : null
}
