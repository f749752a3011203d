import type { Endpoint, PayloadRequest } from 'payload'
import { z } from 'zod'
import { requireEditor } from '../../../access/requireEditor.ts'
import { idOf } from '../../../content/idOf.ts'
import { toDocumentId } from '../../../content/toDocumentId.ts'
import { campaignsOf, depsOf, isRestored } from '../../../deps.ts'
import { OVERRIDE_TEXTS, overrideField, readOverride } from '../../../endpoints/override.ts'
import { readJsonBody } from '../../../endpoints/readJsonBody.ts'
import { readRouteDocument } from '../../../endpoints/readRouteDocument.ts'
import { compareEdition, type Change } from '../../../newsletter/compareEdition.ts'
import { followUp, nextEdition, type FollowUpAnswer, type NextEdition } from '../../../newsletter/followUp.ts'
import {
  type EDITION_AUDIENCES,
  type Edition,
  type EditionRow,
  type Id,
  type Locale,
} from '../../../newsletter/model.ts'
import type { Campaign } from '../../../payload-types.ts'
import { newsletterStopped } from '../../../preflight/newsletterStopped.ts'
import { publishedFactsOf } from '../../../preflight/preflightPorts.ts'
import { judgeLocally } from '../../../preflight/runPreflight.ts'
import { refusal } from '../../../refusals/refusal.ts'

/** What the next edition would be. */
export interface FollowUpForecast {
  /** Of the article, by their number. */
  editions: { id: Id; number: number; audience: Campaign['audience']; status: Campaign['status'] }[]
  /** The edition that must be over first; null for none. */
  unfinished: Id | null
  /** Whether it may be forgotten who got an earlier one. */
  isTooOld: boolean
  /** How many would get it now, by the language that they read in; null where there can be no next edition. */
  recipients: Record<Locale, number> | null
  /** For a correction: what they got, and what is published now; null where the article is not published. */
  changes: Record<Locale, Change[]> | null
}

const AUDIENCES = [
  'joined_since',
  'missed',
  'correction',
  'topic',
] as const satisfies (typeof EDITION_AUDIENCES)[number][]

const TEXTS = {
  noAudience: {
    en: 'audience: joined_since, missed, correction or topic.',
    sv: 'audience: joined_since, missed, correction eller topic.',
  },
  noTopic: {
    en: 'topic: the id of a topic, with audience topic and with no other.',
    sv: 'topic: ett ämnes id, tillsammans med audience topic och inget annat.',
  },
  ...OVERRIDE_TEXTS,
}
const nameOf = (name: keyof typeof TEXTS) => name

const TOPIC = z.union([z.string().max(64), z.int()], nameOf('noTopic')).transform(String)
const WHOM = { audience: z.enum(AUDIENCES, nameOf('noAudience')), topic: TOPIC.optional() }
const isNamedWhole = ({ audience, topic }: { audience: string; topic?: string | undefined }) =>
  (audience === 'topic') === (topic !== undefined)

const BODY = z
  .strictObject({ ...WHOM, override: overrideField.optional() })
  .refine(isNamedWhole, nameOf('noTopic'))

/**
 * `POST /api/campaigns/:id/follow-up` {audience: `joined_since`|`missed`|`correction`|`topic`, topic?: id, override?} by an editor -> 201
 * {doc: the new campaign}: mails the article of a campaign once more, as it is published now, after a hold of its own. Nobody gets it
 * who got it in another edition; a `correction` goes to those who got this one. 400, 401, 403, 404; 409 `edition_unfinished` with the
 * campaign that must be over first, `edition_too_old`, `not_mailed`, `article_hidden`, `database_restored`; 422 `no_recipients`, and `newsletter_stopped` with what preflight
 * says.
 */
const begin: Endpoint = {
  path: '/:id/follow-up',
  method: 'post',
  handler: async (req) => {
    requireEditor(req)
    const campaign = await readRouteDocument(req, { collection: 'campaigns' })
    const { override, ...asked } = await readJsonBody(req, BODY, TEXTS)
    const whom = await readWhom(req, { campaign, ...asked })
    if (await isRestored(req.payload)) throw restored(req)
    const passed = readOverride(req, override)
    const { articleId } = whom
    const facts = await publishedFactsOf(req.payload, articleId)
    if (!facts) throw hidden(req)
    const next = await judgeNext(req, { ...whom, editions: await campaignsOf(req).editions(articleId) })
    if (next.kind !== 'possible') throw impossible(req, next)
    const recipients = await countNext(req, { ...whom, ...next })
    if (recipients.sv + recipients.en === 0) throw nobody(req)
    const stops = judgeLocally(facts).filter(
      ({ code, level }) => level === 'stop' && !passed?.checks.includes(code),
    )
    if (stops.length > 0) throw newsletterStopped({ req, stops, isPublishing: false })
    const { clock } = depsOf(req.payload)
    const answer = await followUp(
      { campaigns: campaignsOf(req), clock },
      { ...whom, override: passed, by: String(req.user?.id) },
    )
    if (answer.kind !== 'begun') throw impossible(req, answer)
    return Response.json({ doc: await readCampaign(req, answer.id) }, { status: 201 })
  },
}

/**
 * `GET /api/campaigns/:id/follow-up?audience=…&topic=…` by an editor -> 200 FollowUpForecast; it writes nothing. Without an audience
 * it tells the editions alone. 400, 401, 403, 404.
 */
const forecast: Endpoint = {
  path: '/:id/follow-up',
  method: 'get',
  handler: async (req) => {
    requireEditor(req)
    const campaign = await readRouteDocument(req, { collection: 'campaigns' })
    const articleId = String(idOf(campaign.article))
    const asked = readQuery(req)
    const whom = asked && (await readWhom(req, { campaign, ...asked }))
    const editions = await campaignsOf(req).editions(articleId)
    const next = whom && (await judgeNext(req, { ...whom, editions }))
    const isPossible = whom && next?.kind === 'possible'
    return Response.json({
      editions: editions.map(({ id, number, audience, status }) => ({ id, number, audience, status })),
      unfinished: editions.find(({ isFinished }) => !isFinished)?.id ?? null,
      isTooOld: next?.kind === 'too_old',
      recipients: isPossible ? await countNext(req, { ...whom, ...next }) : null,
      changes: isPossible && whom.audience === 'correction' ? await readChanges(req, campaign) : null,
    } satisfies FollowUpForecast)
  },
}

const judgeNext = async (
  req: PayloadRequest,
  asked: Whom & { editions: readonly EditionRow[] },
): Promise<NextEdition> =>
  nextEdition({
    ...asked,
    now: depsOf(req.payload).clock.now(),
    memoryMs: await campaignsOf(req).memoryMs(),
  })

export const followUpEndpoints: Endpoint[] = [begin, forecast]

type Audience = (typeof AUDIENCES)[number]

interface Whom {
  articleId: Id
  audience: Audience
  topicId: Id | null
  corrects: number | null
}

/** @throws 400 for a topic that is not there. */
async function readWhom(
  req: PayloadRequest,
  { campaign, audience, topic }: { campaign: Campaign; audience: Audience; topic?: string | undefined },
): Promise<Whom> {
  if (topic !== undefined && !(await isTopic(req, topic))) throw badQuestion(req, 'noTopic')
  return {
    articleId: String(idOf(campaign.article)),
    audience,
    topicId: topic ?? null,
    corrects: audience === 'correction' ? campaign.edition : null,
  }
}

async function isTopic(req: PayloadRequest, text: string): Promise<boolean> {
  const id = toDocumentId({ payload: req.payload, text })
  const where = { id: { equals: id } }
  return id !== null && (await req.payload.count({ collection: 'topics', where, req })).totalDocs === 1
}

const QUERY = z.object(WHOM).refine(isNamedWhole, nameOf('noTopic'))

/** Null: nothing is asked. */
function readQuery(req: PayloadRequest): z.infer<typeof QUERY> | null {
  const { audience = undefined, topic } = req.query as Record<string, unknown>
  if (audience === undefined) return null
  const { success, data, error } = QUERY.safeParse({ audience, topic })
  if (success) return data
  const [issue] = error.issues
  throw badQuestion(req, issue?.message === nameOf('noTopic') ? 'noTopic' : 'noAudience')
}

const badQuestion = (req: PayloadRequest, name: 'noTopic' | 'noAudience') =>
  refusal({ req, code: 'body_invalid', status: 400, text: TEXTS[name] })

const countNext = (
  req: PayloadRequest,
  next: Pick<Edition, 'articleId' | 'number' | 'audience' | 'corrects'> & { topicIds: Id[] },
): Promise<Record<Locale, number>> => {
  const { store, clock } = depsOf(req.payload)
  const { topicIds, articleId, number, audience, corrects } = next
  return store.countAudience({
    edition: { articleId, number, audience, corrects },
    topicIds,
    now: clock.now(),
  })
}

const readChanges = (req: PayloadRequest, { id, article, edition, audience }: Campaign) =>
  compareEdition(depsOf(req.payload), {
    campaignId: String(id),
    edition: { articleId: String(idOf(article)), number: edition, audience, corrects: null },
  })

const readCampaign = (req: PayloadRequest, text: Id) =>
  req.payload.findByID({
    collection: 'campaigns',
    id: toDocumentId({ payload: req.payload, text }) ?? text,
    ...{ depth: 0, overrideAccess: false, req },
  })

function impossible(req: PayloadRequest, answer: Exclude<FollowUpAnswer, { kind: 'begun' }>) {
  switch (answer.kind) {
    case 'unfinished':
      return unfinished(req, answer.id)
    case 'too_old':
      return tooOld(req)
    case 'not_mailed':
    case 'nothing_to_correct':
      return notMailed(req)
  }
}

const unfinished = (req: PayloadRequest, campaign: Id) =>
  refusal({
    req,
    code: 'edition_unfinished',
    status: 409,
    text: {
      en: 'Another mailing of this article is under way. Wait until it is over, or cancel it.',
      sv: 'Ett annat utskick av artikeln är på väg. Vänta tills det är klart, eller avbryt det.',
    },
    data: { campaign },
  })

const tooOld = (req: PayloadRequest) =>
  refusal({
    req,
    code: 'edition_too_old',
    status: 409,
    text: {
      en: 'The mailing is so old that it is not known any more who got it (Settings, Site, Retention): some would get the article twice.',
      sv: 'Utskicket är så gammalt att det inte längre går att veta vem som fick det (Inställningar, Webbplats, Lagring). Några skulle få artikeln två gånger.',
    },
  })

const restored = (req: PayloadRequest) =>
  refusal({
    req,
    code: 'database_restored',
    status: 409,
    text: {
      en: 'The database was restored, and may not know of mailings that went out since the backup: some would get the article twice. Read the notice at the top of the admin, and say there that you have seen it.',
      sv: 'Databasen är återställd och känner kanske inte till utskick som gjordes efter säkerhetskopian. Några skulle få artikeln två gånger. Läs meddelandet överst i admin och markera det som läst.',
    },
  })

const notMailed = (req: PayloadRequest) =>
  refusal({
    req,
    code: 'not_mailed',
    status: 409,
    text: {
      en: 'Nobody has got this yet. The first mailing comes by publishing the article with its newsletter.',
      sv: 'Ingen har fått det här än. Det första utskicket görs när artikeln publiceras med nyhetsbrev.',
    },
  })

const hidden = (req: PayloadRequest) =>
  refusal({
    req,
    code: 'article_hidden',
    status: 409,
    text: {
      en: 'The article is not published. Publish it, then mail it.',
      sv: 'Artikeln är inte publicerad. Publicera den först och skicka den sedan.',
    },
  })

const nobody = (req: PayloadRequest) =>
  refusal({
    req,
    code: 'no_recipients',
    status: 422,
    text: {
      en: 'Nobody would get it: whoever it is for has got the article, or does not subscribe.',
      sv: 'Ingen skulle få det: de som det är till för har redan fått artikeln eller prenumererar inte.',
    },
  })
