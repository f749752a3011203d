import type { Locator, Page, Request } from 'playwright-core'

export interface Login {
  email: string
  password: string
}

/** Gives the browser of the page the cookie of a login. It opens no page. */
export async function logIn(
  page: Page,
  { baseUrl, email, password }: Login & { baseUrl: string },
): Promise<void> {
  const answer = await page
    .context()
    .request.post(`${baseUrl}/api/users/login`, { data: { email, password } })
  if (!answer.ok()) throw new Error(`The login was answered ${answer.status()}: ${await answer.text()}`)
}

/** Through the login page, in whichever language the admin speaks. */
export async function logInByForm(
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

/** Saves a form in a drawer, which closes it. One click: the button waits until the form is ready. */
export async function saveDrawer(
  drawer: Locator,
  button: Locator = drawer.locator('button[type=submit]'),
): Promise<void> {
  await button.click()
  await drawer.waitFor({ state: 'detached' })
}

/**
 * Publishes what the page shows. One click, whatever the form is busy with: no click on Publish is lost.
 * @throws with the server's words when it refuses.
 */
export async function publish(page: Page): Promise<void> {
  const seen = new Set<string>()
  const note = (request: Request) => {
    if (isPublishing(request)) seen.add(request.url())
  }
  page.on('request', note)
  // What it says goes away before the test gives up.
  const looking = setInterval(() => {
    void lookAtForm(page).then(
      (text) => seen.add(text),
      () => undefined,
    )
  }, 500)
  const answered = page.waitForResponse((response) => isPublishing(response.request()))
  const [answer] = await Promise.all([answered, pressPublish(page)])
    .catch((error: unknown) => {
      throw new Error(`Not published: ${[...seen].join(' | ')}`, { cause: error })
    })
    .finally(() => clearInterval(looking))
  page.off('request', note)
  if (!answer.ok()) throw new Error(`Publish was answered ${answer.status()}: ${await answer.text()}`)
}

/** The notices, and whether the button can be pressed and waits. */
async function lookAtForm(page: Page): Promise<string> {
  const notices = await page.locator('[data-sonner-toast]').allInnerTexts()
  const state = await page
    .locator('.kept-click:has(#action-save)')
    .evaluateAll((all) =>
      all.map(
        (box) => `busy ${box.ariaBusy}, disabled ${Boolean(box.querySelector('#action-save:disabled'))}`,
      ),
    )
  return [...notices, ...state].join(', ')
}

/** The two looks at an article: the button opens the sheet, and the button in that publishes. */
export async function pressPublish(
  page: Page,
  confirm: (button: Locator) => Promise<void> = (button) => button.click(),
): Promise<void> {
  await page.locator('#action-save').click()
  // A key that is pressed does not wait until the button can be.
  await page.locator('#publish-now:enabled').waitFor()
  await confirm(page.locator('#publish-now'))
  await page.locator('.publish-sheet').waitFor({ state: 'detached' })
}

/** Not what the admin saves by itself, nor what it notes of itself, nor a question with a long filter, which is posted. */
function isPublishing(request: Request): boolean {
  const url = new URL(request.url())
  return (
    request.method() !== 'GET' &&
    /^multipart\/form-data/.test(request.headers()['content-type'] ?? '') &&
    /^\/api\/(?!payload-)[\w-]+(\/\w+)?$/.test(url.pathname) &&
    !url.searchParams.has('autosave')
  )
}
