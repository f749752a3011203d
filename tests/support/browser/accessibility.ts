import { createRequire } from 'node:module'
import type axe from 'axe-core'
import type { Page } from 'playwright-core'

const axePath = createRequire(import.meta.url).resolve('axe-core')

/** What axe finds wrong within `selector`, as "rule: where"; colours and their contrast are looked at too. */
export async function accessibilityFaults({
  page,
  selector,
}: {
  page: Page
  selector: string
}): Promise<string[]> {
  await page.addScriptTag({ path: axePath })
  const results = await page.evaluate(
    // A frame's content (a mail) is another document, with tests of its own.
    (within) => window.axe.run(within, { iframes: false }),
    selector,
  )
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target }) => `${id}: ${target.join(' ')}`),
  )
}

declare global {
  interface Window {
    axe: typeof axe
  }
}
