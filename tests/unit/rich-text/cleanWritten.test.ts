import { describe, expect, it } from '@jest/globals'
import { cleanWritten } from '../../../src/rich-text/written/cleanWritten.ts'
import { root } from './stored.ts'

const cleaned = (node: object) =>
  cleanWritten(root(node as never), { isPublished: true }) as { root: { children: object[] } }

describe('how a node looks', () => {
  it.each([
    ['format', '" onmouseover="x'],
    ['direction', '"><script>'],
    ['tag', 'h2 onclick=x'],
    ['style', 'background:url(//evil.example)'],
    ['style', 'color:red" onclick="x'],
    ['textAlign', 'left;position:fixed'],
  ])('is said by its %s in one word, not by %s', (key, value) => {
    expect(cleaned({ type: 'paragraph', version: 1, [key]: value, children: [] }).root.children).toEqual([
      { type: 'paragraph', version: 1, [key]: '', children: [] },
    ])
  })

  it.each([
    ['format', 'center'],
    ['direction', 'rtl'],
    ['tag', 'h2'],
    ['listType', 'bullet'],
    ['mode', 'normal'],
    ['style', 'color: rgb(1, 2, 3); font-size: 1.5em'],
    ['format', 3],
    ['direction', null],
  ])('stays when its %s is %j', (key, value) => {
    const node = { type: 'paragraph', version: 1, [key]: value, children: [] }
    expect(cleaned(node).root.children).toEqual([node])
  })
})

describe('an address in letters of another width', () => {
  it.each(['ｊavascript:alert(1)', 'javascript：alert(1)'])('is no address of a link: %s', (url) => {
    const link = { type: 'link', version: 3, fields: { linkType: 'internal', url }, children: [] }
    expect(JSON.stringify(cleaned({ type: 'paragraph', children: [link] }))).not.toContain('avascript')
  })
})
