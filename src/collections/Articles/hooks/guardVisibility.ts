import type { CollectionBeforeChangeHook, FieldHook } from 'payload'
import { VISIBILITIES } from '../../../content/isPublic.ts'
import { isScheduledRun, isTakingBack, isToBePublished } from '../../../content/systemSaves.ts'
import { refuseField } from '../../../refusals/refusal.ts'
import { readPublicFacts } from '../../../slugs/formerSlugs.ts'

/**
 * An article that is only mailed needs a newsletter, or nobody would get it. One that is on the site does not vanish from there
 * because it is mailed: it is unpublished first.
 * @throws 400 `visibility_without_mail`, 409 `is_public`; both name the field and the remedy.
 */
export const guardVisibility: CollectionBeforeChangeHook = async ({ data, originalDoc, req }) => {
  if (data.visibility !== 'mail_only' || !isToBePublished(data, req.context)) return data
  if (isScheduledRun() || isTakingBack(req.context)) return data
  const of = { req, collection: 'articles', path: 'visibility' } as const
  if (!data.newsletter?.send)
    throw refuseField({
      ...{ ...of, code: 'visibility_without_mail' },
      text: {
        en: 'An article that is only mailed (visibility: mail_only) needs its newsletter (newsletter.send: true). Switch the newsletter on, or publish on the site.',
        sv: 'En artikel som bara skickas som brev (visibility: mail_only) behöver sitt nyhetsbrev (newsletter.send: true). Slå på nyhetsbrevet, eller publicera på webben.',
      },
    })
  if (originalDoc?.id !== undefined && (await readPublicFacts({ id: originalDoc.id, req })))
    throw refuseField({
      ...{ ...of, code: 'is_public', status: 409 },
      text: {
        en: 'The article is on the site. To mail it and keep it there, publish with channels: site_and_mail. To have it in the mail alone, unpublish it first.',
        sv: 'Artikeln finns på webben. Publicera med channels: site_and_mail för att skicka den och ha den kvar där. Avpublicera den först om den bara ska finnas i brevet.',
      },
    })
  return data
}

/**
 * Payload looks at no field of a draft. Nothing for a value leaves it as it is.
 * @throws 400 that names the field.
 */
export const refuseOtherVisibility: FieldHook = ({ value, req }) => {
  if (value === undefined || value === null) return undefined
  if (VISIBILITIES.some((known) => known === value)) return value as string
  throw refuseField({
    req,
    code: 'visibility_unknown',
    collection: 'articles',
    path: 'visibility',
    text: {
      sv: 'visibility: public eller mail_only.',
      en: 'visibility: public or mail_only.',
    },
  })
}

/**
 * An older version that is restored says who read the article then, and not that somebody wants to show it to everybody now. A plan
 * and an undo bring back what they name.
 */
export const keepVisibility: FieldHook = ({ value, originalDoc, context }) => {
  const isRestored = context.isRestoringVersion === true && !isScheduledRun() && !isTakingBack(context)
  const current: unknown = originalDoc?.visibility
  return isRestored && typeof current === 'string' ? current : (value as string)
}
