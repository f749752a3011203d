import { nestItems, type PastedItem } from './nestItems.ts'

/** Word for the web gives each item a list and a wrapper of its own: `data-aria-level` says how deep it is. */
export function makeWebLists(body: HTMLElement): void {
  let run: { wrapper: Element; item: PastedItem }[] = []
  const flush = () => {
    const [first] = run
    if (first) first.wrapper.before(...nestItems(run.map(({ item }) => item)))
    for (const { wrapper } of run) wrapper.remove()
    run = []
  }
  for (const wrapper of body.querySelectorAll('.ListContainerWrapper')) {
    const last = run.at(-1)
    if (last && last.wrapper.nextElementSibling !== wrapper && last.wrapper !== wrapper) flush()
    for (const item of wrapper.querySelectorAll('li')) run.push({ wrapper, item: itemOf(item) })
  }
  flush()
}

function itemOf(element: HTMLElement): PastedItem {
  for (const paragraph of element.querySelectorAll('p')) paragraph.replaceWith(...paragraph.childNodes)
  return {
    level: Number(element.getAttribute('data-aria-level') ?? element.getAttribute('aria-level') ?? 1),
    isNumbered: element.closest('ol') !== null,
    nodes: [...element.childNodes],
  }
}
