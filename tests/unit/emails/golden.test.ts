import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { renderSample } from '../rich-text/renderSample.tsx'
import { samples } from '../rich-text/samples.ts'
import { bareContent, content, image, render, site } from './content.ts'

/**
 * What every node becomes in a mail, and two whole mails, to be read in a review. `UPDATE_GOLDEN=1` writes them anew.
 */
const folder = new URL('./golden/', import.meta.url)
const isUpdating = process.env.UPDATE_GOLDEN === '1'

function expectGolden(name: string, rendered: string): void {
  const file = new URL(name, folder)
  if (isUpdating) {
    mkdirSync(folder, { recursive: true })
    writeFileSync(file, rendered)
  }
  expect({ name, markup: existsSync(file) ? readFileSync(file, 'utf8') : 'no golden file' }).toEqual({
    name,
    markup: rendered,
  })
}

/** One element a line, so that a change is easy to see. */
const inLines = (html: string) => `${html.replaceAll('><', '>\n<')}\n`

const mails = {
  full: content({ site: site({ logoOnDark: image('ljus-logotyp') }) }),
  bare: bareContent(),
}

describe('the markup is what was approved of', () => {
  it.each(samples)('$name', ({ name, node }) => {
    const { mail, text } = renderSample(node)
    expectGolden(`${name}.html`, inLines(mail))
    expectGolden(`${name}.txt`, `${text}\n`)
  })

  it.each(['full', 'bare'] as const)('the whole mail: %s', async (name) => {
    const { html, text } = await render(mails[name])
    expectGolden(`mail-${name}.html`, inLines(html))
    expectGolden(`mail-${name}.txt`, text)
  })

  it('and no file is left of a node that is gone', () => {
    const expected = [...samples.map(({ name }) => name), 'mail-full', 'mail-bare']
    expect(readdirSync(folder).sort()).toEqual(
      expected.flatMap((name) => [`${name}.html`, `${name}.txt`]).sort(),
    )
  })
})
