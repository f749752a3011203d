import type { Locator, Page } from 'playwright-core'
import { choose, fieldOf, fillIn, saveDrawer } from './admin.ts'
import { pdfFile } from '../pdfFile.ts'
import { keepScreenshot } from './openBrowser.ts'
import {
  chooseFromSlashMenu,
  chooseFromToolbar,
  continueAtTheEnd,
  linkLastWords,
  press,
  textOf,
  typeLines,
} from './writing.ts'

/** Writes a text with everything that the editor offers, by keyboard as far as it goes, else from the toolbar. */
export async function writeEveryNode(page: Page): Promise<void> {
  await textOf(page).click()
  await writeIntroduction(page)
  await writeLists(page)
  await typeLines(page, ['> Ansvar är frihetens andra sida.'])
  await chooseFromToolbar({ page, menu: 'add', name: 'Horisontell linje' })
  await insertImage(page)
  await insertBlocks(page)
  await insertTable(page)
  await insertVideo(page)
  await insertFile(page)
  await continueAtTheEnd(page)
  await page.keyboard.type('Vi hörs! Maja')
}

async function writeIntroduction(page: Page): Promise<void> {
  await typeLines(page, [
    'Hej, Maja här!',
    'Förra våren slutade vi ha chefer. Året har varit **lärorikt** och *roligt*, inte ~~kaos~~ alls.',
  ])
  await page.keyboard.type('Rutinen heter `fredagsavslut` och är ')
  await press(page, 'Control+u')
  await page.keyboard.type('frivillig')
  await press(page, 'Control+u')
  await page.keyboard.type('. Läs om veckan')
  await linkLastWords({
    page,
    words: 1,
    fill: (form) => linkToArticle({ form, title: 'Så planerar vi veckan' }),
  })
  await page.keyboard.type(' eller se handboken')
  await linkLastWords({
    page,
    words: 1,
    fill: (form) => form.locator('[name="url"], [id^="field-url"]').fill('https://example.com/handbok'),
  })
  await typeLines(page, ['.', '## Friheter'])
}

async function linkToArticle({ form, title }: { form: Locator; title: string }): Promise<void> {
  await form.getByText('Intern länk').click()
  await choose({ field: form.locator('.field-type.relationship'), search: title })
}

/** A list ends with Enter on an empty line, once for each level. */
async function writeLists(page: Page): Promise<void> {
  await typeLines(page, ['- **Egen tid:** vi väljer när vi arbetar.'])
  await press(page, 'Tab')
  await typeLines(page, ['Ingen kärntid.', '', 'Egen roll: den växer med en.', ''])
  await typeLines(page, ['### I praktiken', '1. Skriv upp veckans mål.'])
  await press(page, 'Tab')
  await typeLines(page, ['Tre räcker.', '', 'Visa dem för någon.', ''])
  await typeLines(page, ['#### Innan du går hem'])
  await chooseFromToolbar({ page, menu: 'text', name: 'Checklista' })
  await typeLines(page, ['Säg vad som blev klart'])
  await press(page, 'Tab')
  await typeLines(page, ['Fira det', '', 'Lämna över resten', ''])
  await tick(page, 'Säg vad som blev klart')
}

/** The box stands left of the text. */
async function tick(page: Page, item: string): Promise<void> {
  await page
    .locator('li[role="checkbox"]', { hasText: item })
    .first()
    .click({ position: { x: 8, y: 14 } })
  await textOf(page).focus()
  await press(page, 'Control+End')
}

async function insertImage(page: Page): Promise<void> {
  await chooseFromToolbar({ page, menu: 'add', name: 'Bild' })
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: 'utsikt.png' }).click()
  await drawer.waitFor({ state: 'detached' })
  // Not by pointer or key: the button lies over the picture and comes and goes with the pointer, and the editor takes the
  // focus back.
  await page.locator('.LexicalEditorTheme__upload__upload-drawer-toggler').dispatchEvent('click')
  await fillIn({ within: drawer, label: 'Bildtext', text: 'Utsikten från kontoret' })
  await saveDrawer(drawer)
}

/** From the menu that a slash opens, with the keyboard alone. */
async function insertTable(page: Page): Promise<void> {
  await continueAtTheEnd(page)
  await chooseFromSlashMenu({ page, search: 'tabell', name: 'Tabell' })
  await page.locator('.LexicalEditorTheme__table').waitFor()
  const cells = ['Dag', 'Mål', 'Vem', 'Måndag', 'Planera', 'Alla', 'Fredag', 'Avsluta', 'Maja']
  for (const [index, cell] of cells.entries()) {
    await page.keyboard.type(cell)
    if (index < cells.length - 1) await press(page, 'Tab')
  }
}

async function insertVideo(page: Page): Promise<void> {
  await continueAtTheEnd(page)
  await chooseFromSlashMenu({ page, search: 'video', name: 'Video' })
  const video = page.locator('.LexicalEditorTheme__block', { hasText: 'Video' }).last()
  await fillIn({
    ...{ within: video, label: 'Adress på YouTube eller Vimeo' },
    text: 'https://youtu.be/dQw4w9WgXcQ?si=x',
  })
  await fillIn({ within: video, label: 'Vad videon handlar om', text: 'Året på tre minuter' })
  await fieldOf({ within: video, label: 'Bild' })
    .getByRole('button', { name: 'Välj bland befintliga' })
    .click()
  const drawer = page.getByRole('dialog')
  await drawer.getByRole('button', { name: 'utsikt.png' }).click()
  await drawer.waitFor({ state: 'detached' })
}

/** Uploaded where it is chosen. */
async function insertFile(page: Page): Promise<void> {
  await continueAtTheEnd(page)
  await chooseFromSlashMenu({ page, search: 'pdf', name: 'Fil (PDF)' })
  const file = page.locator('.LexicalEditorTheme__block', { hasText: 'Fil (PDF)' }).last()
  await fieldOf({ within: file, label: 'Fil' }).getByText('Skapa ny').click()
  const drawer = page.getByRole('dialog')
  await drawer
    .locator('input[type=file]')
    .setInputFiles({ name: 'Årsredovisning 2025.pdf', mimeType: 'application/pdf', buffer: pdfFile() })
  await drawer.getByText('Filens egna uppgifter').first().waitFor()
  await keepScreenshot(page, 'file-upload')
  await saveDrawer(drawer, drawer.locator('#action-save'))
  await fillIn({ within: file, label: 'Text på länken', text: 'Årsredovisning 2025' })
  await file.scrollIntoViewIfNeeded()
  await keepScreenshot(page, 'file-block')
}

async function insertBlocks(page: Page): Promise<void> {
  await continueAtTheEnd(page)
  await chooseFromToolbar({ page, menu: 'blocks', name: 'Ruta' })
  const callout = page.locator('.LexicalEditorTheme__block', { hasText: 'Ruta' }).last()
  await choose({ field: callout.locator('.field-type.select'), search: 'Tips' })
  await callout.locator('[contenteditable="true"]').click()
  await page.keyboard.type('Börja **litet**.')
  await continueAtTheEnd(page)
  await chooseFromToolbar({ page, menu: 'blocks', name: 'Knapp' })
  const button = page.locator('.LexicalEditorTheme__block', { hasText: 'Knapp' }).last()
  await fillIn({ within: button, label: 'Text på knappen', text: 'Boka ett samtal' })
  await fillIn({ within: button, label: 'Adress', text: 'https://example.com/samtal' })
  await continueAtTheEnd(page)
  await chooseFromToolbar({ page, menu: 'blocks', name: 'Kod' })
  await page.locator('.code-block-field textarea').fill('mål = 3\nwhile mål: gör(mål)')
}
