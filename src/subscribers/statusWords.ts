import { columnKey } from './fields.ts'
import { isNoDay } from './readTime.ts'
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
  column: { sense, bad, whenEmpty, words },
}: {
  cell: string
  column: StatusColumn
}): Said {
  if (isEmpty(cell)) return emptyMeans({ sense, whenEmpty })
  const key = columnKey(cell)
  const word = words?.[key] ?? WORDS.get(key)
  switch (sense) {
    case 'leftAt': {
      if (answerOf(cell) === 'no' || NOT_BAD.includes(key)) return 'nothing'
      // Any date, reason or code says that it happened; the code may say what.
      const told = /bounce|invalid/i.test(cell) ? 'bounced' : /spam|complain/i.test(cell) ? 'complained' : bad
      return worse(told, bad === 'blocked' && told !== 'blocked' ? told : bad)
    }
    case 'confirmedAt': {
      if (word && word !== 'active') return word
      if (answerOf(cell) === 'no') return 'pending'
      return word || answerOf(cell) === 'yes' || /\d/.test(cell) ? 'active' : 'unknown'
    }
    case 'optOut': {
      if (word && word !== 'active' && word !== 'pending') return worse(word, bad)
      if (DATE.test(cell)) return bad
      const answer = answerOf(cell)
      return answer === 'yes' ? bad : answer === 'no' || NOT_BAD.includes(key) ? 'active' : 'unknown'
    }
    case 'optIn':
    case 'confirmed': {
      if (word) return word
      if (DATE.test(cell)) return 'active'
      const answer = answerOf(cell)
      if (answer === null) return 'unknown'
      return answer === 'yes' ? 'active' : sense === 'confirmed' ? 'pending' : 'unsubscribed'
    }
    case 'state': {
      if (word) return word
      const number = NUMBERS[cell]
      if (number) return number
      const answer = answerOf(cell)
      // One letter is an abbreviation that only its program knows, and a cross may strike somebody out.
      return answer === null || MARKS.test(cell) ? 'unknown' : answer === 'yes' ? 'active' : 'unsubscribed'
    }
    case 'unclear':
      // Good words may be turned by what we do not understand; bad ones stay bad.
      return word && word !== 'active' ? word : 'unknown'
  }
}

const DATE = /^\d{4}-\d{2}-\d{2}|^\d{1,2}[./-]\d{1,2}[./-]\d{4}/
const MARKS = /^(?:[a-z]|\P{L})$/iu

/** A whole cell that says how somebody stands, and hardly anything else. */
export const isStatusWord = (cell: string): boolean => {
  const key = columnKey(cell)
  return (WORDS.has(key) && !VAGUE.includes(key)) || DOUBTFUL.test(cell.trim())
}

/** Words of a status that mean other things as often. */
const VAGUE =
  'regular premium gifted express explicit confirmed enabled verified granted given accepted left failed returned pending invited'.split(
    ' ',
  )

/** What services that check addresses write, and who somebody no longer is. What follows from it, only somebody can tell. */
const DOUBTFUL =
  /^(?:(?:high )?risk(?:y)?|bad|poor|unsafe|unreachable|d[aå]lig|os[aä]ker|spam-?trap|disposable|throwaway|(?:catch|accept)[-_ ]?all|gone|closed|(?:ex|former|previous|past|lapsed|churned|lost|tidigare|f\.? ?d\.?|f[oö]re detta|gammal)[-_ .]\s*\p{L}+|(?:former|lapsed|churned|lost)(?:ly)?)$/iu

/** Whether somebody wrote in it, wherever that is, that a person is not to be mailed. */
export const tellsOfLeaving = (cell: string): boolean => LEAVING.test(cell) && !/:\/\/|@/.test(cell)

const LEAVING =
  /unsubscri|non-?subscri|not subscri|(?:be|was|been|please) removed?\b|wants? out\b|no longer (?:subscri|wants?|mail)|(?:do|does) not allow|suppression|ta(?:s|gits|get)? bort|borttag(?:en|na|et)\b|sagt upp|s[aä]ga upp|upph[oö]rt|\bst[aä]ngt\b|\bstopp\b|opt(?:ed)?[-_ ]?out|do[-_ ]?not[-_ ]?(?:e?-?mail|contact|send)|avregistr|avanm[aä]l|avprenum|avbest[aä]ll|avb[oö]j|sp[aä]rrad|studsa|\bbounce[ds]?\b|complained|spam ?(?:complain|report)|black-?list|block-?list|suppressed|(?:\bno|inga|\binte|\bej|don.?t|vill ej|undanber) (?:\w+ ){0,2}(?:e-?mails?|mails?|mejl\w*|maila?s?|brev|e-?post\w*|nyhetsbrev\w*|newsletters?|utskick\w*|reklam|kontakta?s?)\b|abgemeldet|d[eé]sabonn|d[eé]sinscri|avmeldt|afmeldt|uitgeschreven/i

/** Whether it is a yes or a no and nothing else; `marks`: one character may be one. */
export function isYesOrNo(cell: string, { marks }: { marks: boolean }): boolean {
  const text = plainOf(cell)
  return (YES.includes(text) || NO.includes(text)) && (marks || text.length > 1)
}

/** Klaviyo writes an empty list as brackets. */
const isEmpty = (cell: string) => ['', '[]', '{}', 'null', 'NULL', '""'].includes(cell) || isNoDay(cell)

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
  'sim',
  'tak',
  'ano',
  'да',
  'evet',
  'jah',
  'igen',
  'はい',
  '是',
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
  'nao',
  'nie',
  'ne',
  'нет',
  'hayir',
  'nee',
  'nem',
  'いいえ',
  '否',
]

/** In small letters without accents: `Kyllä` is `kylla`, `Sí` is `si`. */
const plainOf = (cell: string) =>
  cell
    .trim()
    .toLowerCase()
    .normalize('NFD')
    .replace(/\p{M}+/gu, '')

/** `Ja tack` and `No, thanks` begin with what counts. */
function answerOf(cell: string): 'yes' | 'no' | null {
  const text = plainOf(cell)
  const [first = ''] = text.split(/[\s,.;!]+/)
  if (NO.includes(text) || NO.includes(first)) return 'no'
  if (YES.includes(text)) return 'yes'
  return YES.includes(first) && !/\b(?:no|not|nej|inte|ej|aldrig|never|unsub|avreg|avan)/.test(text)
    ? 'yes'
    : null
}

const BY_VERDICT: Record<Verdict, string> = {
  active:
    'active subscribed subscriber aktiv aktiva aktivt prenumererar prenumerant prenumererad enabled confirmed optedin optin regular premium gifted express explicit verified bekraftad godkand inskriven registrerad samtycker samtyckt granted given marketingcontact singleoptin doubleoptin confirmedoptin accepted accepterat subscribe abonniert angemeldet abonne abonnee inscrit activo activa suscrito iscritto iscritta inscrito inscrita ativo ativa attivo attiva actief aktywny aktywna zapisany prihlasen aktivni подписан подписана активен abone 購読中 tilmeldt pameldt tilattu ingeschreven ok',
  pending:
    'pending unconfirmed unactivated notconfirmed awaitingconfirmation awaiting confirmationpending obekraftad obekraftat ejbekraftad ejbekraftat intebekraftad vantar vantande invantar unverified notverified invited pendingconfirmation pendingoptin optinpending doubleoptinpending pendingdoubleoptin vantarpabekraftelse vantarbekraftelse unbestatigt ausstehend enattente pendiente',
  unsubscribed:
    'unsubscribed unsubscribe unsub unsubscriber cancelled canceled inactive inaktiv inaktiva inaktivt ejaktiv ejaktiva ejaktivt inteaktiv inteaktiva notactive nonactive left optedout optout disabled deactivated avregistrerad avregistrerat avregistrerade avanmald avanmalt avanmalda avslutad avslutat avprenumererad avbruten avbojt lamnat removed deleted archived arkiverad nonsubscribed neversubscribed notsubscribed nonsubscriber unsubscribedbyadmin notoptedin neveroptedin nonmarketingcontact notmarketingcontact expired vilande borttagen raderad declined denied revoked withdrawn refused aterkallat notset notgranted ejsamtycke ingetsamtycke noconsent prenumererarinte ejprenumerant upphord stoppad inactivated avaktiverad avaktiverat avbestalld avbestallt uppsagd uttradd slutat passiv nomail noemail unmarketable held hold onhold temphold temporaryhold nonsubscribe redacted excluded ejok inteok abgemeldet abbestellt ausgetragen gekundigt inaktivt avmeldt afmeldt uitgeschreven afgemeld desabonne desabonnee desinscrit desinscrite baja dadodebaja cancelado inactivo inactiva desuscrito disiscritto disiscritta cancellato cancellata annullato descadastrado descadastrada inativo inativa opgezegd inactief uitgetreden wypisany wypisana nieaktywny odhlasen odhlasena odhlaseny neaktivni отписан отписана отписался неактивен aboneliktencıktı aboneliktencikti pasif 解除済み 配信停止 退会 utgatt utgangen tidigare peruttu byuser bymoderator',
  blocked:
    'suppressed blocked blocklisted blacklisted blacklist blocklist sparrad sparrat sparrade banned malicious blockerad blockerat donotemail donotcontact donotmail globalunsubscribe globallyunsubscribed globalsuppressed gesperrt zablokowany zablokowana bloccato bloqueado bloqueada geblokkeerd estetty заблокирован engellendi',
  bounced:
    'bounced bounce hardbounce hardbounced softbounce softbounced cleaned undeliverable undelivered invalid invalidemail studsad studsat studsar studsade hardstuds mjukstuds dead nonexistent badaddress invalidaddress emailinvalid obestallbar ogiltig returned failed bouncing bybounces unbekannt ungultig',
  complained:
    'complained complaint complainer complaints spam junk spamcomplaint spamcomplained markedasspam markedspam abuse spammy spamreport reportedspam reportedasspam skrappost spamreported reportedasabuse klagat klagomal spamrapporterad spamanmald',
}

const WORDS = new Map(
  VERDICTS.flatMap((verdict) => BY_VERDICT[verdict].split(' ').map((word) => [word, verdict] as const)),
)
