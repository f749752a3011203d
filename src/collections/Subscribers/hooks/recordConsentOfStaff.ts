import type { CollectionAfterChangeHook } from 'payload'
import { depsOf } from '../../../deps.ts'
import type { ConsentKind } from '../../../newsletter/model.ts'
import type { Subscriber } from '../../../payload-types.ts'
import { recordChoices } from '../../../readers/recordChoices.ts'
import { recordConsent } from '../../../readers/recordConsent.ts'

/**
 * What staff do with a subscriber, in the admin or over the API, is written down with who did it; for another address see
 * readers/followAddressChange.
 */
export const recordConsentOfStaff: CollectionAfterChangeHook<Subscriber> = async ({
  doc,
  previousDoc,
  operation,
  req,
}) => {
  const { user, payload } = req
  if (!user) return doc
  const at = depsOf(payload).clock.now()
  for (const kind of kindsOf({ before: operation === 'create' ? null : previousDoc, after: doc }))
    await recordConsent({
      payload,
      consent: {
        subscriberId: String(doc.id),
        kind,
        at,
        text: null,
        locale: doc.locale,
        by: String(user.id),
        byName: user.name || user.email,
        ...groundOf({ kind, doc }),
      },
      req,
    })
  if (operation === 'update')
    await recordChoices({
      payload,
      before: previousDoc,
      after: doc,
      chooser: { source: 'staff', by: { id: String(user.id), name: user.name || user.email } },
      now: at,
      req,
    })
  return doc
}

/** What staff say of a consent: where and when it was given. */
const groundOf = ({ kind, doc }: { kind: ConsentKind; doc: Subscriber }) =>
  kind === 'added' || kind === 'resumed'
    ? { source: doc.consentSource ?? 'staff', agreedAt: doc.consentAt ? new Date(doc.consentAt) : null }
    : { source: 'staff' }

function kindsOf({ before, after }: { before: Subscriber | null; after: Subscriber }): ConsentKind[] {
  // Somebody whom staff add as having left is one of whom they know both.
  if (!before) return after.status === 'unsubscribed' ? ['added', 'withdrawn'] : ['added']
  const hasMoved = before.status !== after.status
  return [
    ...(hasMoved && after.status === 'unsubscribed' ? (['withdrawn'] as const) : []),
    // Nobody who waits has agreed to anything yet: staff answer for it, as for somebody whom they add.
    ...(hasMoved && after.status === 'active'
      ? [before.status === 'pending' ? ('added' as const) : ('resumed' as const)]
      : []),
  ]
}
