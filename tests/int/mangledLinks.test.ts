import { readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { simpleParser } from 'mailparser'
import { depsOf } from '../../src/deps.ts'
import { oneDatabase } from '../support/longRun.ts'
import type { TestDatabase } from '../support/databases.ts'
import { drain } from '../support/drain.ts'
import { logInAs, type Rest } from '../support/rest.ts'
import { createSubscriber } from '../support/siteContent.ts'
import { link, paragraph, root, text } from '../unit/rich-text/stored.ts'

/** Addresses as people and programs leave them in a text, and where a reader of the mail is led. Null: nobody can know. */
const WRITTEN: [written: string, mailed: string | null][] = [
  ['trimero.se/om-oss', 'https://trimero.se/om-oss'],
  ['www.exempel.se', 'https://www.exempel.se'],
  ['//exempel.se/x', 'https://exempel.se/x'],
  ['HTTPS://Exempel.se/A', 'https://Exempel.se/A'],
  ['https:/exempel.se/1', 'https://exempel.se/1'],
  ['https//exempel.se/2', 'https://exempel.se/2'],
  ['https://https://exempel.se/3', 'https://exempel.se/3'],
  ['http://http://exempel.se/4', 'http://exempel.se/4'],
  ['htps://exempel.se/5', null],
  ['htp://exempel.se/6', null],
  ['ttps://exempel.se/7', null],
  ['https;//exempel.se/8', 'https://exempel.se/8'],
  ['https:exempel.se/9', 'https://exempel.se/9'],
  ['https://exempel.example/a b', 'https://exempel.example/a%20b'],
  ['  https://exempel.se/10  ', 'https://exempel.se/10'],
  ['\u200bhttps://exempel.se/11\u2028', 'https://exempel.se/11'],
  ['https://exempel.se/12\n', 'https://exempel.se/12'],
  ['https://exempel.se/\n13', 'https://exempel.se/13'],
  ['<https://exempel.se/14>', 'https://exempel.se/14'],
  ['(https://exempel.se/15)', 'https://exempel.se/15'],
  ['”https://exempel.se/16”', 'https://exempel.se/16'],
  ['https://exempel.se/17).', 'https://exempel.se/17'],
  ['https://exempel.se/18,', 'https://exempel.se/18'],
  ['https%3A//exempel.se/19', 'https://exempel.se/19'],
  ['https%3a%2f%2fexempel.se%2f20', 'https://exempel.se/20'],
  ['http%253A%252F%252Fexempel.example%252F21', 'http://exempel.example/21'],
  ['https://exempel.se/?a=22&amp;b=2', 'https://exempel.se/?a=22&b=2'],
  ['https://exempel.se/?a=23&amp;amp;b=2', 'https://exempel.se/?a=23&b=2'],
  ['https://exempel.se/"24', 'https://exempel.se/%2224'],
  ['https://exempel.se\\25', 'https://exempel.se/25'],
  ['https://', null],
  ['https://.', null],
  ['https://exempel', null],
  ['http://exempel..se/', null],
  ['https://exempel.se:99999/', null],
  ['läs mer här', null],
  ['se sidan 4', null],
  ['hej@exempel.example', 'mailto:hej@exempel.example'],
  ['mailto: hej2@exempel.example', 'mailto:hej2@exempel.example'],
  ['mailto:Anna <anna@exempel.example>', 'mailto:anna@exempel.example'],
  ['mailto://hej3@exempel.example', 'mailto:hej3@exempel.example'],
  ['mailto:hej4%40exempel.example', 'mailto:hej4@exempel.example'],
  ['mailto:hej5', null],
  ['hej@', null],
  ['tel: 08-123 45 67', 'tel:08-1234567'],
  ['+46 8 123 45 68', 'tel:+4681234568'],
  ['tel:växeln', null],
  ['om-oss/kontakt', 'http://site.example/om-oss/kontakt'],
  ['/sok?q=å', 'http://site.example/sok?q=%C3%A5'],
  ['tel:', null],
]

describe.each(oneDatabase())('on $name, fifty mangled links', ({ open }) => {
  let database: TestDatabase
  let editor: Rest
  beforeAll(async () => {
    database = await open()
    editor = (await logInAs({ ...database, role: 'editor' })).rest
    await createSubscriber(database.payload)
    await editor('POST', '/globals/site', {
      senderName: 'Provet',
      senderEmail: 'brev@example.com',
      postalAddress: 'Provgatan 1, Stockholm',
      holdSeconds: 0,
    })
  })
  afterAll(() => database.close())

  /** Without those that the editor has taken out of the text. */
  const publish = (removed: readonly string[]) =>
    editor('POST', '/articles?locale=sv&depth=0', {
      title: 'Länkar',
      content: root(
        ...WRITTEN.map(([written], index) => [written, nameOf(index)] as const)
          .filter(([, name]) => !removed.includes(name))
          .map(([written, name]) => paragraph(link(written, text(name)))),
      ),
      newsletter: { send: true },
      _status: 'published',
    })
  const mailedLinks = async () => {
    const folder = join(depsOf(database.payload).env.dataDir, 'outbox')
    const [file = '', ...others] = readdirSync(folder)
    expect(others).toEqual([])
    const { html } = await simpleParser(readFileSync(join(folder, file)))
    const links = String(html).matchAll(/<a [^>]*href="([^"]*)"[^>]*>(länk \d+\.)/g)
    return [...links].map(([, href = '']) => href.replaceAll('&amp;', '&'))
  }

  it('each is mended or named before anything is mailed, and no dead one is mailed', async () => {
    const named: string[] = []
    let answer = await publish(named)
    while (answer.status !== 201 && named.length < WRITTEN.length) {
      const found = namesIn(JSON.stringify(answer.body))
      if (found.length === 0) break
      named.push(...found)
      answer = await publish(named)
    }
    await drain(database.payload)
    expect(answer.status).toBe(201)
    expect({ named: named.sort(), mailed: await mailedLinks() }).toEqual({
      named: WRITTEN.flatMap(([, mailed], index) => (mailed === null ? [nameOf(index)] : [])).sort(),
      mailed: WRITTEN.flatMap(([, mailed]) => (mailed === null ? [] : [mailed])),
    })
  })
})

const nameOf = (index: number) => `länk ${index}.`
const namesIn = (answer: string): string[] => [...new Set(answer.match(/länk \d+\./g) ?? [])]
