import { columnKey } from './fields.ts'

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
  /** Values that we do not know say nothing: the column tells other things as well. */
  isSoft: boolean
}

const column = (sense: Sense, over: Partial<StatusColumn> = {}): StatusColumn => ({
  sense,
  bad: 'unsubscribed',
  whenEmpty: sense === 'leftAt' ? 'nothing' : sense === 'optIn' || sense === 'confirmedAt' ? 'no' : 'asked',
  isSoft: false,
  ...over,
})

/**
 * Columns of programs that people come from, by columnKey, where the name alone says too little or too much. Sources: the
 * programs' help pages on exports (Mailchimp, Kit, beehiiv, Substack, Ghost, Buttondown, Shopify, Klaviyo, HubSpot, Brevo,
 * MailerLite, listmonk, Omnisend, Constant Contact, ActiveCampaign, Squarespace, Wix, Campaign Monitor, MailPoet).
 */
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
  type: column('state', { isSoft: true, whenEmpty: 'nothing' }),
  subscribertype: column('state'),
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
  /sms|mms|whatsapp|phone|telefon|mobil|push|postal|brevpost|directmail|\btier|paid|betal|stripe|plan$|billing|order|payment|invoice|faktur|shipping|lead|lifecycle|marital|civil|employ|anstall|taxexempt|rating|opens|clicks|stateregion|stateprovince|bouncerate|numberof|antal|count$|campaign|kampanj|source$|kalla$|^consentsource$|samtyckefran|ip$|ipaddress|text$|url$|link$|method$|provider|reason$|orsak$|lank$/

const NEGATIVE: [RegExp, Bad][] = [
  [/bounc|stud[sd]|undeliver|obestallbar|clean/, 'bounced'],
  [/complain|klag|spam|abuse|skrap/, 'complained'],
  [/blacklist|blocklist|blocked|blockerad|suppress|sparr|svartlist/, 'blocked'],
  [
    /unsub|optout|optedout|avregistr|avanmal|avprenum|avslut|disabl|inaktiv|inactive|cancel|donot|dontemail|avbojt|nejtack|left(at|date)?$|lamnade|removed|deleted|borttag|raderad/,
    'unsubscribed',
  ],
]
const POSITIVE =
  /optin|optedin|subscri|prenum|consent|samtyck|gdpr|newsletter|nyhetsbrev|nyhetsmail|nyhetsmejl|marketing|marknadsf|accepts|acceptera|permission|tillstand|receiv|mottar|utskick|mailing|emailme|wantsemail|villha|godkan|active$|^active|aktiv$|^aktiv|enabled/
const CONFIRMATION = /confirm|bekraft|verifi|doubleopt/
const STATE = /status|state$|tillstand$/
/** “Not”, which turns the sense of what follows. */
const NEGATION =
  /^(?:no|not|non|inte|ej|icke|ingen|inget)(?=[a-z])|(?:isnot|vill(?:du)?inte|inteha|inteaktiv|ejaktiv|dontwant|donotwant)/
const TIME = /(?:at|time|date|datum|tid|tidpunkt|on|timestamp|den)$|^(?:date|datum|nar)/

/** What the name of a column says of its sense; null when it is not about who may be mailed. */
export function statusColumn(name: string): StatusColumn | null {
  const key = columnKey(name)
  const known = KNOWN[key]
  if (known !== undefined) return known
  if (ELSEWHERE.test(key)) return null
  const negative = NEGATIVE.find(([pattern]) => pattern.test(key))
  const isTime =
    TIME.test(key) && !/(?:state|status|consent|optin|optout|subscription|prenumeration|optedin)$/.test(key)
  if (isTime) return columnOfTime({ key, negative })
  if (STATE.test(key)) return column(/bounc|spam/.test(key) ? 'unclear' : 'state')
  const isPositive = POSITIVE.test(negative ? withoutNegative(key) : key)
  const isTurned = NEGATION.test(key)
  if (negative) return column(isTurned || isPositive ? 'unclear' : 'optOut', { bad: negative[1] })
  if (CONFIRMATION.test(key)) return column(isTurned ? 'unclear' : 'confirmed')
  return isPositive ? column(isTurned ? 'unclear' : 'optIn') : null
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
