import type { ReactElement } from 'react'

/** A whole page, or a part of one, as HTML. The components are plain functions of props, so nothing runs in the browser. */
export async function renderMarkup(element: ReactElement): Promise<string> {
  // Imported late: Next's compiler allows react-dom/server in a route only like this.
  const { renderToStaticMarkup } = await import('react-dom/server')
  return renderToStaticMarkup(element)
}

export const renderPage = async (page: ReactElement): Promise<string> =>
  `<!DOCTYPE html>${await renderMarkup(page)}`
