import type { Payload, PayloadRequest, Where } from 'payload'
import { toDocumentId } from '../../content/toDocumentId.ts'
import type { CampaignStatus, Id, Override } from '../../newsletter/model.ts'
import { moveTo, withMove, type CampaignMove } from '../../newsletter/rules/campaignMoves.ts'
import type { Campaign, User } from '../../payload-types.ts'

interface Asking {
  payload: Payload
  req?: PayloadRequest | undefined
}

type Row = Pick<Campaign, 'id' | 'status' | 'override' | 'movedAt' | 'moves'>

/** Others who write to the same campaign in the same moment are few. */
const MOST_TRIES = 10

/**
 * Changes a campaign where the condition holds, with the moves that tell of it in the same write. Nobody else has written to it
 * since it was read, or it is read anew: no move of theirs is lost.
 */
export async function writeMoved(
  { payload, req }: Asking,
  {
    where,
    change,
    moves,
  }: {
    where: Where
    change: (row: Row) => Record<string, unknown>
    moves: CampaignMove[] | ((row: Row) => CampaignMove[])
  },
): Promise<void> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const row = await payload.db.findOne<Row>({
      ...{ collection: 'campaigns', where, req },
      select: { status: true, override: true, movedAt: true, moves: true },
    })
    if (!row) return
    const added = typeof moves === 'function' ? moves(row) : moves
    const written = await payload.db.updateOne({
      collection: 'campaigns',
      where: { and: [where, { id: { equals: row.id } }, ...asRead(row)] },
      data: { ...change(row), moves: added.reduce(withMove, (row.moves ?? []) as CampaignMove[]) },
      select: { id: true },
      req,
    })
    if (written) return
  }
  throw new Error('Others write to the campaign all the time.')
}

/** Each move changes the status or `movedAt`, and who passes a check `override.at`. */
const asRead = ({ status, movedAt, override }: Row): Where[] => [
  { status: { equals: status } },
  { movedAt: { equals: movedAt ?? null } },
  { 'override.at': { equals: override?.at ?? null } },
]

/** What an admin passed, as one of the campaign's moves: the status stays. */
export const overrideMove = ({
  to,
  override,
  byName,
}: {
  to: CampaignStatus
  override: Override
  byName: string | null
}): CampaignMove => moveTo({ to, control: 'override', by: override.by, byName, override, now: override.at })

/** What the staff are called; null for nobody, and for whoever is gone. */
export async function readName({ payload, req }: Asking, by: Id | null): Promise<string | null> {
  if (by === null) return null
  if (req?.user?.collection === 'users' && String(req.user.id) === by) return req.user.name
  const found = await payload.db.findOne<Pick<User, 'id' | 'name'>>({
    ...{ collection: 'users', where: { id: { equals: toDocumentId({ payload, text: by }) } }, req },
    select: { name: true },
  })
  return found?.name ?? null
}
