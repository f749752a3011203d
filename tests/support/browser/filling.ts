import type { Locator } from 'playwright-core'

/** What is filled in faster is taken for a program's: see src/limits/formGuards. */
const UNHURRIED_MS = 2_500

/** Types at a person's pace. One field of a form is enough for all of it. */
export const typeUnhurried = (field: Locator, text: string): Promise<void> =>
  field.pressSequentially(text, { delay: UNHURRIED_MS / text.length })
