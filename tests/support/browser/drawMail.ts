/** What a browser says of a mail that it has drawn. */
export interface DrawnMail {
  /** Whether the mail is told that its reader has chosen dark. */
  isDark: boolean
  /** Of all of it in pixels; when that is more than the frame, one must scroll sideways. */
  width: number
  /** Each pair of colours once, as CSS writes them, with the first text in it. */
  texts: { text: string; color: string; background: string }[]
  /** Buttons, and whether a tap anywhere on one hits its link, and all of it is in the frame. */
  buttons: { label: string; isWhole: boolean }[]
  /** The addresses of the files that are shown, in their order. */
  pictures: string[]
}

/** Runs in the browser, where nothing of this file is known: draws an HTML mail in a frame of its own and looks at it. */
export async function drawMail({ html, width }: { html: string; width: number }): Promise<DrawnMail> {
  document.body.style.margin = '0'
  // Else a frame is told that its reader has chosen light.
  document.documentElement.style.colorScheme = 'light dark'
  const frame = document.createElement('iframe')
  frame.style.cssText = `display:block;border:0;width:${width}px;height:880px`
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }))
  frame.srcdoc = html
  document.body.replaceChildren(frame)
  await loaded
  const view = frame.contentWindow
  const mail = frame.contentDocument
  if (!view || !mail) throw new Error('There is no frame.')

  const backgroundOf = (element: Element | null): string => {
    if (!element)
      return view.matchMedia('(prefers-color-scheme: dark)').matches
        ? 'rgb(30, 30, 30)'
        : 'rgb(255, 255, 255)'
    const { backgroundColor } = view.getComputedStyle(element)
    return backgroundColor === 'transparent' || backgroundColor.endsWith(', 0)')
      ? backgroundOf(element.parentElement)
      : backgroundColor
  }
  const texts = new Map<string, DrawnMail['texts'][number]>()
  for (const element of mail.body.querySelectorAll('*')) {
    if (element.getClientRects().length === 0) continue
    const said =
      element.tagName === 'IMG'
        ? (element.getAttribute('alt') ?? '')
        : [...element.childNodes]
            .map((node) => (node.nodeType === Node.TEXT_NODE ? (node.textContent ?? '') : ''))
            .join('')
    const text = said.trim().slice(0, 60)
    if (text === '') continue
    const { color } = view.getComputedStyle(element)
    const background = backgroundOf(element)
    if (!texts.has(`${color} ${background}`)) texts.set(`${color} ${background}`, { text, color, background })
  }
  const buttons = [...mail.querySelectorAll('.action')].map((cell) => {
    const outer = cell.getBoundingClientRect()
    const link = cell.querySelector('a')
    const inner = link?.getBoundingClientRect()
    // The border of the button is 2 px; half a pixel may be lost in rounding.
    const isWhole =
      inner !== undefined &&
      outer.left >= 0 &&
      outer.right <= width &&
      inner.left - outer.left <= 2.5 &&
      outer.right - inner.right <= 2.5 &&
      inner.top - outer.top <= 2.5 &&
      outer.bottom - inner.bottom <= 2.5
    return { label: link?.textContent ?? '', isWhole }
  })
  return {
    isDark: view.matchMedia('(prefers-color-scheme: dark)').matches,
    width: mail.documentElement.scrollWidth,
    texts: [...texts.values()],
    buttons,
    pictures: [...mail.images].map(({ currentSrc }) => currentSrc),
  }
}
