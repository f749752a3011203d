import { beforeAll, describe, expect, it } from '@jest/globals'
import { clientsWithout, featuresOf } from './clientSupport.ts'
import { elementsOf, inherited, type Element } from './elements.ts'
import { variants } from './variants.ts'

/** What the body of a mail uses that a client does not know, and what does the work there. */
const FALLBACKS: Record<
  string,
  {
    isUsedBy: (element: Element) => boolean
    /** Whether the element needs it for nothing that matters. */
    hasFallback: (element: Element) => boolean
  }
> = {
  // Corners are square: the shape has its own background, border or picture.
  'css-border-radius': {
    isUsedBy: ({ style }) => 'border-radius' in style,
    hasFallback: (element) => element.tag === 'img' || inherited(element, 'background-color') !== undefined,
  },
  // The file is cropped already; one from before that is shown whole, in its own proportions.
  'css-object-fit': {
    isUsedBy: ({ style }) => 'object-fit' in style,
    hasFallback: ({ attributes: { width, height } }) => width !== undefined && height !== undefined,
  },
  // What is hidden is not displayed at all; these are for clients that show it all the same.
  'css-opacity': { isUsedBy: ({ style }) => 'opacity' in style, hasFallback: isNotDisplayed },
  'css-overflow': { isUsedBy: ({ style }) => 'overflow' in style, hasFallback: isNotDisplayed },
  'css-max-height': { isUsedBy: ({ style }) => 'max-height' in style, hasFallback: isNotDisplayed },
  // Outlook for Windows takes the width from the attribute.
  'css-table-layout': {
    isUsedBy: ({ style }) => 'table-layout' in style,
    hasFallback: ({ attributes: { width } }) => width !== undefined,
  },
  // Code keeps its lines as preformatted text; a number or a short link may break.
  'css-white-space': {
    isUsedBy: ({ style }) => 'white-space' in style,
    hasFallback: ({ tag, style }) => tag === 'pre' || style['white-space'] === 'nowrap',
  },
  // The image within is shown, whatever the screen.
  'html-picture': {
    isUsedBy: ({ tag }) => tag === 'picture' || tag === 'source',
    hasFallback: ({ tag, ancestors }) => tag === 'picture' || ancestors.at(-1)?.tag === 'picture',
  },
  'html-srcset': {
    isUsedBy: ({ attributes }) => 'srcSet' in attributes,
    hasFallback: ({ tag, ancestors }) => tag === 'source' && ancestors.at(-1)?.tag === 'picture',
  },
  // Where a link opens is for the client to say.
  'html-target': {
    isUsedBy: ({ attributes }) => 'target' in attributes,
    hasFallback: ({ tag, attributes }) => tag === 'a' && attributes.href !== undefined,
  },
  // Word draws by its own rules, whatever the document says that it is.
  'html-doctype': { isUsedBy: () => false, hasFallback: () => true },
}

function isNotDisplayed({ style }: Element): boolean {
  return style.display === 'none'
}

/** What caniemail has not tested. All of it is older than these clients, but for Outlook’s own property and `<picture>`. */
const UNTESTED = [
  ...['<a>', '<br>', '<em>', '<head>', '<html>', '<meta>', '<source>', '<th>', '<title>', '<u>'],
  ...['border=', 'color:', 'font-family:', 'media=', 'mso-padding-alt:', 'scope='],
]

describe('in the Gmail apps and Outlook for Windows', () => {
  let mails: { name: string; html: string }[]
  beforeAll(async () => {
    mails = await Promise.all(
      variants.map(async ({ name, render }) => ({ name, html: (await render()).html })),
    )
  })
  const used = () => [...new Set(mails.flatMap(({ html }) => featuresOf(html).inBody))].toSorted()

  it('every feature of the body of a mail is known, or has a fallback here', () => {
    expect(used().filter((feature) => (clientsWithout(feature) ?? []).length > 0)).toEqual(
      Object.keys(FALLBACKS).toSorted(),
    )
    expect(used().filter((feature) => clientsWithout(feature) === null)).toEqual(UNTESTED.toSorted())
  })

  it.each(Object.entries(FALLBACKS))('each element that uses %s has its fallback', (_, feature) => {
    const without = mails.flatMap(({ name, html }) =>
      elementsOf(html.replace(/<!--.*?-->/gs, ''))
        .filter((element) => feature.isUsedBy(element) && !feature.hasFallback(element))
        .map(({ tag, style }) => [name, tag, style]),
    )
    expect(without).toEqual([])
  })
})
