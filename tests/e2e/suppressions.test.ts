import { readFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import type { Browser, Page } from 'playwright-core'
import { accessibilityFaults } from '../support/browser/accessibility.ts'
import { logIn } from '../support/browser/admin.ts'
import { isTooWideForPhone, keepScreenshot, openBrowser, openPage } from '../support/browser/openBrowser.ts'
import { httpAs, registerEditor } from '../support/http.ts'
import type { Rest } from '../support/rest.ts'
import { startServer, type RunningServer } from '../support/startServer.ts'

const PASSWORD = 'a password of the tests'

describe('addresses in the admin', () => {
  let server: RunningServer
  let browser: Browser
  let page: Page
  let editor: Rest
  beforeAll(async () => {
    server = await startServer({ WORKER: 'off' })
    editor = (await registerEditor(server.baseUrl)).rest
    browser = await openBrowser()
    page = await openPage(browser)
    await logIn(page, { baseUrl: server.baseUrl, email: 'admin@example.com', password: PASSWORD })
  })
  afterAll(async () => {
    await browser.close()
    await server.stop()
  })

  const form = (heading: string) => page.locator('.suppression-form', { hasText: heading })

  it('stand in the heading of a subscriber as their owner writes them, also after a save', async () => {
    const { body } = await editor('POST', '/subscribers', { email: 'info@åkeri.example', consentSource: 'x' })
    const { id } = body.doc as { id: number }
    await page.goto(`${server.baseUrl}/admin/collections/subscribers/${id}`)
    const heading = page.locator('h1', { hasText: 'info@åkeri.example' })
    await heading.waitFor()
    await page.locator('#field-name').fill('Åkeriet')
    const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
    await page.locator('#action-save').click()
    await saved
    await page.locator('.toast-success').waitFor()
    await heading.waitFor()
    expect(await page.locator('h1', { hasText: 'xn--' }).count()).toBe(0)
    await keepScreenshot(page, 'subscriber-heading')
  })

  describe('and the person who has it', () => {
    const open = async (id: number) => {
      await page.goto(`${server.baseUrl}/admin/collections/subscribers/${id}`)
      await page.locator('.timeline li').first().waitFor()
    }
    const idOf = async (email: string): Promise<number> => {
      const { body } = await editor('GET', `/subscribers?where[email][equals]=${email}&depth=0`)
      return (body.docs as { id: number }[])[0]!.id
    }

    it('waits for a confirmation, of which their page tells until when', async () => {
      const anybody = httpAs({ baseUrl: server.baseUrl })
      await anybody('POST', '/subscribe', { email: 'cilla@example.com', name: 'Cilla Cederström' })
      await open(await idOf('cilla@example.com'))
      await page.locator('.person__state', { hasText: 'Länken går att använda till' }).waitFor()
      await page.locator('.timeline summary').click()
      await page.locator('.timeline blockquote', { hasText: 'Jag vill ha nyhetsbrevet' }).waitFor()
      await page.locator('.timeline li', { hasText: 'Automatiskt brev: Bekräfta prenumerationen' }).waitFor()
      await page.getByRole('button', { name: 'Skicka bekräftelsen igen' }).click()
      await page.locator('.toast-error', { hasText: 'Adressen fick nyss ett sådant brev' }).waitFor()
      await keepScreenshot(page, 'person-waiting', { fullPage: true })
    })

    it('is paused and erased from their page, by keyboard too, and asked about twice by name', async () => {
      const created = { email: 'david@example.com', name: 'David Dahl', consentSource: 'mässan 2026' }
      const { body } = await editor('POST', '/subscribers', created)
      const { id } = body.doc as { id: number }
      for (let each = 0; each < 22; each += 1)
        await editor('PATCH', `/subscribers/${id}`, { name: `David ${each}` })
      await editor('PATCH', `/subscribers/${id}`, { name: 'David Dahl' })
      await httpAs({ baseUrl: server.baseUrl })('POST', '/contact', {
        ...{ name: 'David', email: 'david@example.com', message: 'Hej! När kommer nästa brev?' },
      })
      await open(id)
      const rows = page.locator('.timeline li')
      expect(await rows.count()).toBe(20)
      await page.getByRole('button', { name: 'Visa tidigare' }).click()
      await rows.filter({ hasText: 'Lades till av personalen' }).waitFor()
      expect(await page.getByRole('button', { name: 'Visa tidigare' }).count()).toBe(0)
      expect(await rows.filter({ hasText: 'Hej! När kommer nästa brev?' }).count()).toBe(1)

      await page.getByLabel('Pausa i').selectOption('8')
      await page.getByRole('button', { name: 'Pausa nyhetsbrevet' }).click()
      await page.locator('.person__state', { hasText: 'Får inget nyhetsbrev till' }).waitFor()
      await rows.filter({ hasText: 'Pausade' }).first().waitFor()
      await keepScreenshot(page, 'person', { fullPage: true })
      expect(await accessibilityFaults({ page, selector: '.person' })).toEqual([])
      expect(await accessibilityFaults({ page, selector: '.timeline' })).toEqual([])
      expect(await isTooWideForPhone(page, 'person-phone')).toBe(false)
      await page.getByRole('button', { name: 'Avsluta pausen' }).click()
      await page.locator('.person__state', { hasText: 'Får nyhetsbrevet' }).waitFor()

      await page.getByRole('button', { name: 'Radera personen…' }).focus()
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'Radera David Dahl (david@example.com)?' }).waitFor()
      await page.keyboard.press('Tab')
      await page.keyboard.press('Tab')
      await page.keyboard.press('Enter')
      await page.getByRole('heading', { name: 'David Dahl (david@example.com) raderas för gott.' }).waitFor()
      await keepScreenshot(page, 'person-erase', { fullPage: true })
      expect(await accessibilityFaults({ page, selector: '.person' })).toEqual([])
      await page.getByRole('button', { name: 'Radera David Dahl (david@example.com) för gott' }).click()
      await page.waitForURL(/collections\/subscribers(\?|$)/)
      await page.locator('table').waitFor()
      expect(await page.locator('tbody', { hasText: 'david@example.com' }).count()).toBe(0)
    })

    it('is found by name in the list, and with others given topics and a language alone', async () => {
      await page.goto(`${server.baseUrl}/admin/collections/subscribers?search=Cederström`)
      await page.locator('tbody tr', { hasText: 'cilla@example.com' }).waitFor()
      expect(await page.locator('tbody tr').count()).toBe(1)
      const columns = await page.locator('thead th').allInnerTexts()
      expect(columns.map((text) => text.trim()).filter(Boolean)).toEqual([
        'E-post',
        'Namn',
        'Status',
        'Följer',
        'Tillkom',
        'Samtycke från',
      ])
      await keepScreenshot(page, 'subscribers-list', { fullPage: true })
      await page.locator('tbody input[type=checkbox]').first().check()
      await page.locator('.edit-many__toggle').first().click()
      await page.locator('.field-select .rs__control').click()
      const offered = await page.locator('.field-select .rs__option').allInnerTexts()
      await keepScreenshot(page, 'subscribers-bulk-edit')
      expect(offered.toSorted()).toEqual(['Följer', 'Språk'])
      await page.locator('.field-select .rs__option', { hasText: 'Språk' }).click()
      const drawer = page.locator('.drawer--is-open')
      await drawer.locator('.field-type.select .rs__control').click()
      await page.locator('.rs__option', { hasText: 'Engelska' }).click()
      const saved = page.waitForResponse((response) => response.request().method() === 'PATCH')
      await drawer.getByRole('button', { name: 'Spara' }).click()
      expect((await saved).status()).toBe(200)
      const { body } = await editor('GET', '/subscribers?where[email][equals]=cilla@example.com&depth=0')
      expect(body.docs).toMatchObject([{ locale: 'en', status: 'pending', name: 'Cilla Cederström' }])
    })
  })

  it('come in many at once, pasted or dropped, with the errors first, and the whole import is taken back', async () => {
    await editor('POST', '/topics?locale=sv', { name: 'Arbete', slug: 'arbete' })
    await page.goto(`${server.baseUrl}/admin`)
    await page.locator('.desk__part').getByRole('link', { name: 'Importera prenumeranter' }).waitFor()
    await keepScreenshot(page, 'desk-import', { fullPage: true })
    await page.goto(`${server.baseUrl}/admin/collections/subscribers`)
    await page.getByRole('link', { name: 'Importera prenumeranter' }).first().click()
    await page.waitForURL(/import-subscribers/)

    await page.getByLabel('Eller klistra in adresser eller rader').fill('ingen adress')
    await page.getByRole('button', { name: 'Använd det inklistrade' }).click()
    await page.getByRole('alert').filter({ hasText: 'ingen e-postadress i det inklistrade' }).waitFor()
    await page
      .getByLabel('Eller klistra in adresser eller rader')
      .fill('Erik Ek\terik@example.com\nFrida\tfrida@example\nGun\tgun@example.com')
    await page.getByRole('button', { name: 'Använd det inklistrade' }).click()
    await page.getByLabel('Alla följer').selectOption('arbete')
    await page.getByLabel('Samtycke från, för rader utan egen uppgift').fill('mässan 2026')
    await page.getByLabel('Texten som de godkände').fill('Jag vill ha brev.')
    await page.getByRole('button', { name: 'Provkör' }).click()
    const refused = page.locator('.import__refused')
    await refused.getByRole('heading', { name: '1 rad kan inte importeras' }).waitFor()
    await refused.getByRole('button', { name: 'Ladda ned de felaktiga raderna' }).waitFor()
    expect(await refused.locator('tbody td').allInnerTexts()).toEqual([
      ...['3', 'frida@example', '”frida@example” är ingen e-postadress'],
      'Rätta adressen, till exempel anna@example.com.',
    ])
    const saving = page.waitForEvent('download')
    await refused.getByRole('button', { name: 'Ladda ned de felaktiga raderna' }).click()
    const file = readFileSync(await (await saving).path(), 'utf8')
    expect(file).toBe(
      '\uFEFF;;name;email\r\n3;"”frida@example” är ingen e-postadress. Rätta adressen, till exempel anna@example.com.";Frida;frida@example\r\n',
    )
    await keepScreenshot(page, 'import-dry-run', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.import' })).toEqual([])
    expect(await isTooWideForPhone(page, 'import-phone')).toBe(false)

    await page.getByRole('button', { name: 'Importera 2 prenumeranter' }).click()
    const recent = page.locator('.import__recent li').first()
    await recent.getByText('2 nya prenumeranter.').waitFor()
    const { body } = await editor('GET', '/subscribers?where[email][equals]=gun@example.com&depth=1')
    expect(body.docs).toMatchObject([
      { topics: [{ slug: 'arbete' }], consentSource: 'mässan 2026', name: 'Gun' },
    ])
    await editor('PATCH', '/subscribers?where[email][equals]=gun@example.com', { locale: 'en' })

    await recent.getByRole('button', { name: 'Ångra importen…' }).focus()
    await page.keyboard.press('Enter')
    await recent.getByRole('heading', { name: 'Ångra hela importen av inklistrat.csv?' }).waitFor()
    await keepScreenshot(page, 'import-undo', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.import__recent' })).toEqual([])
    await recent.getByRole('button', { name: 'Ja, ångra importen' }).click()
    await recent.getByText('Ångrad: 1 prenumerant togs bort. 1 är kvar: något har ändrats').waitFor()

    await page.goto(`${server.baseUrl}/admin/import-subscribers`)
    const dropped = await page.evaluateHandle(() => {
      const transfer = new DataTransfer()
      transfer.items.add(
        new File(['E-post|Namn\nhanna@example.com|Hanna'], 'hanna.csv', { type: 'text/csv' }),
      )
      return transfer
    })
    await page.locator('.import__drop').dispatchEvent('drop', { dataTransfer: dropped })
    await page.getByText('Vald: hanna.csv').waitFor()
    expect(await page.getByLabel('Skiljetecken').inputValue()).toBe('bar')
    await page.getByText('Teckenkodning: UTF-8.').waitFor()
    await page.getByLabel('Skiljetecken').selectOption('comma')
    await page
      .getByLabel('E-post', { exact: true })
      .locator('option', { hasText: 'E-post|Namn' })
      .waitFor({ state: 'attached' })
    await keepScreenshot(page, 'import-dropped', { fullPage: true })
  })

  it('are added to the suppressed ones by hand, looked up, and lifted by an admin with a reason', async () => {
    const subscriber = { email: 'anna@example.com', consentSource: 'the tests' }
    await editor('POST', '/subscribers', subscriber)
    await page.goto(`${server.baseUrl}/admin/collections/suppressions`)

    const adding = form('Spärra en adress')
    await adding.getByLabel('E-postadress').fill('Anna@example.com')
    await adding.getByLabel('Varför den spärras').fill('Ringde och bad om det')
    await adding.getByRole('button', { name: 'Spärra' }).click()
    await page.locator('table', { hasText: 'anna@example.com' }).waitFor()

    const looking = form('Slå upp en adress')
    await looking.getByLabel('E-postadress').fill('bo@example.com')
    await looking.getByRole('button', { name: 'Slå upp' }).click()
    await looking.getByText('Adressen är inte spärrad.').waitFor()
    await looking.getByLabel('E-postadress').fill(' ANNA@example.com')
    await looking.getByRole('button', { name: 'Slå upp' }).click()
    await looking.getByText('Adressen är spärrad. Orsak').waitFor()
    await keepScreenshot(page, 'suppressions-list', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.suppression-forms' })).toEqual([])

    await looking.getByRole('link', { name: 'Visa spärren' }).click()
    const lifting = form('Häv spärren')
    await lifting.getByLabel('Varför spärren hävs').fill('Har ångrat sig')
    await keepScreenshot(page, 'suppressions-lift', { fullPage: true })
    expect(await accessibilityFaults({ page, selector: '.suppression-form' })).toEqual([])
    await lifting.getByRole('button', { name: 'Häv spärren' }).click()
    await page.getByText('Spärren är hävd, men adressen får nyhetsbrev igen först').waitFor()
    await page.getByText(/^Hävd .+ · .+ · Har ångrat sig$/).waitFor()
    await keepScreenshot(page, 'suppressions-lifted', { fullPage: true })

    const { body } = await editor('GET', '/subscribers?where[email][equals]=anna@example.com&depth=0')
    expect((body.docs as { status: string }[]).map(({ status }) => status)).toEqual(['unsubscribed'])
  })
})
