import type { Locator, Page } from 'playwright-core'
import { saveDrawer } from './admin.ts'

/** The article's text. What blocks hold is written in editors inside it. */
export const textOf = (page: Page): Locator => page.locator('[contenteditable="true"]').first()

/** Types line by line; each ends with Enter. */
export async function typeLines(page: Page, lines: string[]): Promise<void> {
  for (const line of lines) {
    await page.keyboard.type(line)
    await page.keyboard.press('Enter')
  }
}

export async function press(page: Page, ...keys: string[]): Promise<void> {
  for (const key of keys) await page.keyboard.press(key)
}

/** A new line at the end of the text, wherever one was. */
export const continueAtTheEnd = (page: Page): Promise<void> =>
  page.locator('.insert-paragraph-at-end').last().click()

/** From one of the menus above the text. */
export async function chooseFromToolbar({
  page,
  menu,
  name,
}: {
  page: Page
  menu: 'add' | 'blocks' | 'text'
  name: string
}): Promise<void> {
  await page.locator(`.fixed-toolbar [data-dropdown-key="${menu}"]`).first().click()
  const item = page.locator(`.toolbar-popup__dropdown-item[aria-label="${name}"]`)
  await item.click()
  await item.waitFor({ state: 'detached' })
}

/** From the menu that opens at a slash on an empty line. */
export async function chooseFromSlashMenu({
  page,
  search,
  name,
}: {
  page: Page
  search: string
  name: string
}): Promise<void> {
  await page.keyboard.type(`/${search}`)
  await page.locator('.slash-menu-popup').getByText(name, { exact: true }).waitFor()
  await page.keyboard.press('Enter')
}

/** Selects what was typed last, `words` words of it, and makes it a link; then goes on behind it. */
export async function linkLastWords({
  page,
  words,
  fill,
}: {
  page: Page
  words: number
  /** Fills in the form for the link. */
  fill: (form: Locator) => Promise<void>
}): Promise<void> {
  for (let word = 0; word < words; word++) await page.keyboard.press('Control+Shift+ArrowLeft')
  await page.locator('.fixed-toolbar [data-button-key="link"]').first().click()
  const drawer = page.locator('dialog.lexical-link-edit-drawer')
  await fill(drawer)
  await saveDrawer(drawer)
  await textOf(page).focus()
  await page.keyboard.press('ArrowRight')
}

/** As from another window: onto the clipboard in these kinds, then Ctrl+V. The page needs leave to use the clipboard. */
export async function paste(page: Page, kinds: Record<string, string>): Promise<void> {
  await page.evaluate(async (texts) => {
    const parts = Object.entries(texts).map(([type, text]) => [type, new Blob([text], { type })] as const)
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(parts))])
  }, kinds)
  await page.keyboard.press('Control+v')
}
