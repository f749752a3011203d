import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { logIn, publish } from '../support/browser/admin.ts'
import {
  addSubscribers,
  fillInSite,
  openNewsroom,
  STAFF,
  type Newsroom,
} from '../support/browser/newsroom.ts'
import { keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { paste, textOf } from '../support/browser/writing.ts'

/** As a word processor and a web page write it: a greeting, two headed lists with bold lead-ins, a closing. */
const HTML = `<html><body><!--StartFragment-->
<p class="MsoNormal" style="margin-bottom:12pt">Hej, Maja h&auml;r!</p>
<h2 style="font-size:18pt;color:#2f5496">Friheter</h2>
<ul><li><span style="font-weight:700">Egen tid:</span> vi v&auml;ljer n&auml;r vi arbetar.</li>
<li><b>Egen roll:</b> den v&auml;xer med en.</li></ul>
<h2>Ansvar</h2>
<ol><li><strong>St&ouml;d:</strong> vi hj&auml;lper <em>varandra</em>.</li><li>L&auml;s <a href="https://example.com/mer">mer</a>.</li></ol>
<p>Vi h&ouml;rs!</p><!--EndFragment--></body></html>`

const PLAIN = ['Hej, Maja här!', '', 'Friheter', '  • Egen tid: vi väljer när vi arbetar.', 'Vi hörs!'].join(
  '\n',
)

let newsroom: Newsroom
let browser: Browser
let page: Page
beforeAll(async () => {
  newsroom = await openNewsroom()
  await fillInSite(newsroom)
  await addSubscribers(newsroom, [{ email: 'ada@example.com', locale: 'sv' }])
  browser = await openBrowser()
  page = await openPage(browser)
  await page.context().grantPermissions(['clipboard-read', 'clipboard-write'])
  await logIn(page, { baseUrl: newsroom.server.baseUrl, ...STAFF.editor })
})
afterAll(async () => {
  await browser?.close()
  await newsroom?.server.stop()
})

/** The kinds of lines that the editor holds now, with their texts. */
const linesOf = () =>
  textOf(page)
    .locator('h2, p, li')
    .evaluateAll((elements) =>
      elements.map((element) =>
        `${element.tagName.toLowerCase()} ${element.textContent?.trim() ?? ''}`.trim(),
      ),
    )

async function pasteInNewArticle(kinds: Record<string, string>): Promise<string[]> {
  await page.goto(`${newsroom.server.baseUrl}/admin/collections/articles/create`)
  await textOf(page).click()
  await paste(page, kinds)
  await textOf(page).getByText('Vi hörs!').waitFor()
  return linesOf()
}

/** As Word writes a list: paragraphs that say their level. */
const item = (level: number, marker: string, text: string) =>
  `<p class=MsoListParagraph style='mso-list:l0 level${level} lfo1'><![if !supportLists]><span style='mso-list:Ignore'>${marker}<span>&nbsp;&nbsp; </span></span><![endif]>${text}</p>`

const WORD = `<html xmlns:w="urn:schemas-microsoft-com:office:word"><body><!--StartFragment--><h1>Rubrik</h1>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
${item(1, '·', 'Ett')}${item(2, 'o', 'Under')}${item(1, '·', 'Två')}
<p><img src="https://bild.example/1.png" width="40"></p><p class=MsoNormal>Vi hörs!</p><!--EndFragment--></body></html>`

describe('text from elsewhere, pasted', () => {
  it('from Word keeps its lists and levels, and says which picture it could not keep', async () => {
    const lines = await pasteInNewArticle({ 'text/html': WORD, 'text/plain': 'Rubrik' })
    const notice = page.getByText('En bild kom inte med.')
    await notice.waitFor()
    await keepScreenshot(page, 'pasted-from-word')
    expect(lines).toEqual(['h2 Rubrik', 'li Ett', 'li Under', 'li Under', 'li Två', 'p Vi hörs!'])
    expect(await textOf(page).locator('ul ul li').allInnerTexts()).toEqual(['Under'])
    expect(await textOf(page).locator('[data-lexical-decorator]').count()).toBe(0)
  })

  it('from PowerPoint has a line break for a vertical tab', async () => {
    const lines = await pasteInNewArticle({ 'text/plain': 'Ett\u000btvå\nVi hörs!' })
    expect(lines).toEqual(['p Ett', 'p två', 'p Vi hörs!'])
  })

  it('keeps its headings, lists, emphasis and links', async () => {
    const lines = await pasteInNewArticle({ 'text/html': HTML, 'text/plain': PLAIN })
    await keepScreenshot(page, 'pasted')
    expect(lines).toEqual([
      'p Hej, Maja här!',
      'h2 Friheter',
      'li Egen tid: vi väljer när vi arbetar.',
      'li Egen roll: den växer med en.',
      'h2 Ansvar',
      'li Stöd: vi hjälper varandra.',
      'li Läs mer.',
      'p Vi hörs!',
    ])
    expect(await textOf(page).locator('strong').allInnerTexts()).toEqual(['Egen tid:', 'Egen roll:', 'Stöd:'])
    expect(await textOf(page).locator('em').allInnerTexts()).toEqual(['varandra'])
    expect(await textOf(page).locator('a').getAttribute('href')).toBe('https://example.com/mer')
  })

  it('from a sheet or Word keeps its table, without its looks', async () => {
    const cells = (...texts: string[]) =>
      `<tr style="height:15pt">${texts.map((text) => `<td width=64 style="background:red"><p class=MsoNormal>${text}</p></td>`).join('')}</tr>`
    await pasteInNewArticle({
      'text/html': `<table border=0 width=300><colgroup><col></colgroup>${cells('Kurs', 'Pris')}${cells('Frukost', '0 kr')}</table><p>Vi hörs!</p>`,
      'text/plain': 'Kurs',
    })
    const rows = textOf(page).locator('table tr')
    await keepScreenshot(page, 'pasted-table')
    expect(
      await rows.evaluateAll((all) =>
        all.map((row) => [...row.children].map(({ textContent }) => textContent?.trim())),
      ),
    ).toEqual([
      ['Kurs', 'Pris'],
      ['Frukost', '0 kr'],
    ])
    expect(await textOf(page).locator('td[style*="red"]').count()).toBe(0)
  })

  it('can be published at once, before it has ever been saved', async () => {
    await pasteInNewArticle({ 'text/html': HTML, 'text/plain': PLAIN })
    await page.locator('#field-title').fill('Frihet och ansvar')
    await publish(page)
    await page.locator('.doc-controls__status', { hasText: 'Publicerad' }).waitFor()
    const { docs } = await newsroom.rest.get<{ docs: object[] }>(
      '/articles?where[_status][equals]=published&select[title]=true&select[slug]=true&depth=0&locale=sv',
    )
    expect(docs).toEqual([{ id: expect.any(Number), title: 'Frihet och ansvar', slug: 'frihet-och-ansvar' }])
  })

  it('that has no form keeps its lines', async () => {
    const lines = await pasteInNewArticle({ 'text/plain': PLAIN })
    await keepScreenshot(page, 'pasted-plain')
    expect(lines).toEqual([
      'p Hej, Maja här!',
      'p',
      'p Friheter',
      'p • Egen tid: vi väljer när vi arbetar.',
      'p Vi hörs!',
    ])
  })
})
