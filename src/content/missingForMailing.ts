import type { Site } from '../payload-types.ts'

/** What the law asks of a mail's sender, by its name in the global `site`. */
const REQUIRED = ['senderName', 'senderEmail', 'postalAddress'] as const satisfies (keyof Site)[]
export type MissingSetting = (typeof REQUIRED)[number]

/** The settings without which no newsletter goes out. */
export const missingForMailing = (site: Pick<Site, MissingSetting>): MissingSetting[] =>
  REQUIRED.filter((name) => !site[name]?.trim())
