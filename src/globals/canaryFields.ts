import type { GroupField, NumberFieldSingleValidation } from 'payload'
import { isStaff } from '../access/isStaff.ts'
import { CANARY_MAILS, CANARY_MINUTES, CANARY_PERCENT } from '../newsletter/rules/canary.ts'
import { languageOf } from '../refusals/refusal.ts'

interface Range {
  least: number
  most: number
}

/** Nothing at all: what holds until staff set it. */
const validateWithin =
  ({ least, most }: Range): NumberFieldSingleValidation =>
  (value, { req }) =>
    value === null ||
    value === undefined ||
    (Number.isInteger(value) && value >= least && value <= most) ||
    (languageOf(req) === 'sv' ? `Ett heltal, ${least} till ${most}.` : `A whole number, ${least} to ${most}.`)

const isOn = (_: unknown, canary: { isOn?: boolean | null } | undefined) => Boolean(canary?.isOn)

/** Whether a first part of each mailing is watched before the rest follows. Of a campaign under way it changes nothing. */
export const canaryFields: GroupField = {
  name: 'canary',
  type: 'group',
  label: { sv: 'Först till en liten del', en: 'Canary' },
  access: { read: isStaff },
  fields: [
    {
      name: 'note',
      type: 'ui',
      admin: { components: { Field: '/admin/canary/CanaryNote.tsx#CanaryNote' } },
    },
    {
      name: 'isOn',
      type: 'checkbox',
      defaultValue: false,
      label: { sv: 'Skicka först till en liten del', en: 'Mail a canary first' },
      admin: {
        description: {
          sv: `Nyhetsbrevet går först till några få, som lottas. Resten väntar en stund på vad leverantören berättar om dem. Studsar för många, eller anmäler för många brevet som skräppost, stannar utskicket. Hörs ingenting får du avgöra. Annars skickas resten av sig självt. Färre än ${2 * CANARY_MAILS.least} mottagare får brevet alla på en gång.`,
          en: `The newsletter first goes to a few, who are drawn by lot. The rest waits a while for what the provider tells of them. When too many bounce or are reported as spam, the mailing stops. When nothing is told, you decide. Else the rest follows by itself. Fewer than ${2 * CANARY_MAILS.least} recipients all get it at once.`,
        },
      },
    },
    {
      type: 'row',
      fields: [
        {
          name: 'percent',
          type: 'number',
          defaultValue: CANARY_PERCENT.unset,
          min: CANARY_PERCENT.least,
          max: CANARY_PERCENT.most,
          validate: validateWithin(CANARY_PERCENT),
          label: { sv: 'Första delen i procent', en: 'Size of the canary, in percent' },
          admin: {
            condition: isOn,
            description: {
              sv: `Av mottagarna, men minst ${CANARY_MAILS.least} och högst ${CANARY_MAILS.most} brev. ${CANARY_PERCENT.least} till ${CANARY_PERCENT.most}.`,
              en: `Of the recipients, but at least ${CANARY_MAILS.least} and at most ${CANARY_MAILS.most} mails, about. ${CANARY_PERCENT.least} to ${CANARY_PERCENT.most}.`,
            },
          },
        },
        {
          name: 'minutes',
          type: 'number',
          defaultValue: CANARY_MINUTES.unset,
          min: CANARY_MINUTES.least,
          max: CANARY_MINUTES.most,
          validate: validateWithin(CANARY_MINUTES),
          label: { sv: 'Resten väntar, i minuter', en: 'The rest waits, in minutes' },
          admin: {
            condition: isOn,
            description: {
              sv: `Räknat från att första delen har lämnats över. ${CANARY_MINUTES.least} till ${CANARY_MINUTES.most}.`,
              en: `Counted from when the canary was submitted. ${CANARY_MINUTES.least} to ${CANARY_MINUTES.most}.`,
            },
          },
        },
      ],
    },
  ],
}
