import type { StoredNode } from '../../../src/rich-text/node.ts'

/** What the editor stores, written short. */
export const text = (value: string, format = 0): StoredNode => ({
  type: 'text',
  version: 1,
  text: value,
  format,
  mode: 'normal',
  style: '',
  detail: 0,
})
export const element = (type: string, children: StoredNode[], more: StoredNode = {}): StoredNode => ({
  type,
  version: 1,
  format: '',
  indent: 0,
  direction: 'ltr',
  children,
  ...more,
})
export const paragraph = (...children: StoredNode[]): StoredNode => element('paragraph', children)
export const heading = (tag: string, value: string): StoredNode => element('heading', [text(value)], { tag })
export const root = (...children: StoredNode[]): StoredNode => ({ root: element('root', children) })

type ListType = 'bullet' | 'number' | 'check'
export const list = (listType: ListType, items: StoredNode[], more: StoredNode = {}): StoredNode =>
  element('list', items, { listType, tag: listType === 'number' ? 'ol' : 'ul', start: 1, ...more })
export const item = (children: StoredNode[], more: StoredNode = {}): StoredNode =>
  element('listitem', children, { value: 1, ...more })

export const link = (url: string, ...children: StoredNode[]): StoredNode =>
  element('link', children, { fields: { linkType: 'custom', url, newTab: false } })
/** @param value the article, or its id where nobody may see it. */
export const articleLink = (value: unknown, ...children: StoredNode[]): StoredNode =>
  element('link', children, { fields: { linkType: 'internal', doc: { relationTo: 'articles', value } } })

/** @param heads whether the first row holds the heads of the columns. */
export const table = (rows: StoredNode[][][], { heads = true } = {}): StoredNode =>
  element(
    'table',
    rows.map((cells, row) =>
      element(
        'tablerow',
        cells.map((children) =>
          element('tablecell', children, { headerState: heads && row === 0 ? 1 : 0, colSpan: 1, rowSpan: 1 }),
        ),
      ),
    ),
  )

export const block = (fields: StoredNode): StoredNode => ({ type: 'block', version: 2, format: '', fields })
export const upload = (value: unknown, fields: StoredNode = {}): StoredNode => ({
  type: 'upload',
  version: 3,
  format: '',
  relationTo: 'media',
  value,
  fields,
})

/** A media document of an image that was uploaded with so many pixels. */
export const media = (more: StoredNode = {}): StoredNode => ({
  id: 1,
  alt: 'En kopp kaffe',
  mimeType: 'image/jpeg',
  url: '/api/media/file/kaffe.jpg',
  width: 1600,
  height: 900,
  sizes: {
    small: { url: '/api/media/file/kaffe-640x360.jpg', width: 640, height: 360 },
    medium: { url: '/api/media/file/kaffe-1280x720.jpg', width: 1280, height: 720 },
    large: { url: null, width: null, height: null },
  },
  ...more,
})
