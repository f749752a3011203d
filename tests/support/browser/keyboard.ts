import type { Page } from 'playwright-core'

/** More than any of our pages has. */
const MOST_TABS = 60

/**
 * Goes on with the Tab key until an element that matches has the focus.
 * @throws when none gets it, or when one on the way does not show that it has it.
 */
export async function tabTo(page: Page, selector: string): Promise<void> {
  for (let tabs = 0; tabs < MOST_TABS; tabs++) {
    await page.keyboard.press('Tab')
    const { isThere, isShown, tag } = await page.evaluate(focused, selector)
    if (!isShown) throw new Error(`Nobody sees that ${tag} has the focus.`)
    if (isThere) return
  }
  throw new Error(`The Tab key never comes to ${selector}.`)
}

function focused(selector: string) {
  const element = document.activeElement ?? document.body
  const { outlineStyle, outlineWidth } = getComputedStyle(element)
  const { width, height } = element.getBoundingClientRect()
  return {
    isThere: element.matches(selector),
    isShown: outlineStyle !== 'none' && parseFloat(outlineWidth) >= 2 && width > 1 && height > 1,
    tag: element.outerHTML.slice(0, 120),
  }
}
