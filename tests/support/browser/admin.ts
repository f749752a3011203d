import type { Locator, Page } from 'playwright-core'

export interface Login {
  email: string
  password: string
}

/** Through the login page, in whichever language the admin speaks. */
export async function logIn(
  page: Page,
  { baseUrl, email, password }: Login & { baseUrl: string },
): Promise<void> {
  await page.goto(`${baseUrl}/admin/login`)
  await page.locator('#field-email').fill(email)
  await page.locator('#field-password').fill(password)
  await page.locator('form.login__form button[type=submit]').click()
  await page.waitForURL(`${baseUrl}/admin`)
}

/** One of the tabs of an article. */
export const openTab = (page: Page, name: string): Promise<void> =>
  page.locator('.tabs-field__tab-button', { hasText: name }).click()

/** A field by its label, which Payload does not always tie to it. */
export const fieldOf = ({ within, label }: { within: Locator; label: string }): Locator =>
  within
    .locator('.field-type')
    // A star follows where something must be filled in, and a language where it has more than one.
    .filter({
      has: within.page().locator('label', { hasText: new RegExp(`^${label}\\s*(\\*|—|$)`) }),
    })
    .last()

/** Writes into a text field. */
export const fillIn = ({
  within,
  label,
  text,
}: {
  within: Locator
  label: string
  text: string
}): Promise<void> => fieldOf({ within, label }).locator('input, textarea').fill(text)

/** Chooses in a field that lets one search for what there is. */
export async function choose({ field, search }: { field: Locator; search: string }): Promise<void> {
  await field.locator('input').first().fill(search)
  await field.locator('.rs__option', { hasText: search }).click()
}

/**
 * Saves a form in a drawer, which closes it. A form that has just been changed asks the server what follows from it and
 * does not hear a click meanwhile: then one clicks again.
 */
export async function saveDrawer(
  drawer: Locator,
  button: Locator = drawer.locator('button[type=submit]'),
): Promise<void> {
  for (let attempt = 0; attempt < 10; attempt++) {
    // It may close between two looks: then the button is gone, which is as good.
    await button.click({ timeout: 5_000 }).catch(() => undefined)
    if (await isSoon(drawer.waitFor({ state: 'detached', timeout: 5_000 }))) return
  }
  throw new Error('The drawer stays open.')
}

/** Publishes what the page shows; clicks again where the form, busy with its autosave, did not hear it. */
export async function publish(page: Page): Promise<void> {
  // Not what the admin notes of itself, such as which tab was opened last.
  const isPublishing = (url: URL, method: string) =>
    method !== 'GET' &&
    /^\/api\/(?!payload-)[\w-]+(\/\w+)?$/.test(url.pathname) &&
    !url.searchParams.has('autosave')
  for (let attempt = 0; attempt < 10; attempt++) {
    const answer = page.waitForResponse(
      (response) => response.ok() && isPublishing(new URL(response.url()), response.request().method()),
      { timeout: 8_000 },
    )
    const isAnswered = isSoon(answer)
    await page.locator('#action-save').click()
    if (await isAnswered) return
  }
  throw new Error('The page was not published.')
}

const isSoon = (what: Promise<unknown>): Promise<boolean> =>
  what.then(
    () => true,
    () => false,
  )
