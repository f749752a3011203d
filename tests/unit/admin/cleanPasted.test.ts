import { afterAll, describe, expect, it } from '@jest/globals'
import { Window } from 'happy-dom'
import { cleanPasted } from '../../../src/admin/pasting/cleanPasted.ts'

const window = new Window()
afterAll(() => window.happyDOM.close())

/** The cleaned HTML without the white space of its lines. */
function clean(html: string, editor = { keepsTables: false }) {
  const { body } = new window.DOMParser().parseFromString(`<html><body>${html}</body></html>`, 'text/html')
  const loss = cleanPasted(body as unknown as HTMLElement, editor)
  return {
    html: body.innerHTML
      .replace(/\s*\n\s*/g, '')
      .replace(/<!--.*?-->/g, '')
      .trim(),
    loss,
  }
}
const nothing = { images: 0, links: 0, tables: 0 }

const word = (level: number, marker: string, text: string) =>
  `<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l0 level${level} lfo1'><span style='mso-list:Ignore'>${marker}<span>&nbsp;&nbsp; </span></span>${text}</p>`

describe('a list of Word', () => {
  it('has its items, levels and kinds', () => {
    const items = [
      word(1, '·', 'Ett'),
      word(2, 'o', 'Ett ett'),
      word(3, '§', 'Djupt'),
      word(1, '·', '<b>Två</b>'),
    ]
    const numbered = [word(1, '1.', 'Först'), word(2, 'a)', 'Under'), word(1, '2.', 'Sedan')]
    expect(clean([...items, ...numbered].join('\n'))).toEqual({
      html:
        '<ul><li>Ett<ul><li>Ett ett<ul><li>Djupt</li></ul></li></ul></li><li><b>Två</b></li></ul>' +
        '<ol><li>Först<ol><li>Under</li></ol></li><li>Sedan</li></ol>',
      loss: nothing,
    })
  })

  it('ends at the next paragraph', () => {
    expect(clean(`${word(1, '·', 'Ett')}<p class=MsoNormal>Text</p>${word(1, '·', 'Två')}`).html).toBe(
      '<ul><li>Ett</li></ul><p>Text</p><ul><li>Två</li></ul>'.replace('<p>', '<p class="MsoNormal">'),
    )
  })

  it('comes from PowerPoint too', () => {
    const item = (className: string, kind: string, marker: string, text: string) =>
      `<div class=${className} style='mso-line-spacing:"90 0 0"'><span style='mso-special-format:${kind};position:absolute'>${marker}</span><span lang=SV>${text}</span></div>`
    expect(
      clean(
        [
          item('O', 'bullet', '•', 'Ett'),
          item('O1', 'bullet', '–', 'Under'),
          item('O', 'bullet', '•', 'Två'),
          item('O', 'numbullet3', '1.', 'Först'),
        ].join(''),
      ).html.replace(/<\/?span[^>]*>/g, ''),
    ).toBe('<ul><li>Ett<ul><li>Under</li></ul></li><li>Två</li></ul><ol><li>Först</li></ol>')
  })

  it('comes from Outlook inside its own wrapper', () => {
    const html = clean(
      `<div class=WordSection1><p class=MsoNormal>Hej!<o:p></o:p></p>${word(1, '·', 'Ett')}${word(2, 'o', 'Under')}<p class=MsoNormal><o:p>&nbsp;</o:p></p></div>`,
    ).html
    expect(html).toContain('<ul><li>Ett<ul><li>Under</li></ul></li></ul>')
    expect(html).not.toMatch(/&nbsp;<\/o:p>/)
  })

  it('comes from Word for the web too', () => {
    const item = (level: number, text: string) =>
      `<div class="ListContainerWrapper"><ul><li data-aria-level="${level}"><p>${text}</p></li></ul></div>`
    expect(clean(item(1, 'Ett') + item(2, 'Under') + item(1, 'Två')).html).toBe(
      '<ul><li>Ett<ul><li>Under</li></ul></li><li>Två</li></ul>',
    )
  })
})

it('from LibreOffice keeps its lists, and loses its empty lines, bookmarks and local pictures', () => {
  expect(
    clean(
      '<h1 class="western">Rubrik</h1><p style="margin-bottom: 0cm"><br/></p>' +
        '<ul><li><p>Ett</p><ul><li><p>Under</p></li></ul></li></ul>' +
        '<p><a name="bokmarke"></a>Text <img src="file:///tmp/lu1/x.png" width="40" height="30"> slut</p>' +
        '<p><a href="file:///home/anna/brev.odt">brev</a></p>',
    ),
  ).toEqual({
    html:
      '<h2>Rubrik</h2><ul><li><p>Ett</p><ul><li><p>Under</p></li></ul></li></ul>' +
      '<p>Text  slut</p><p>brev</p>',
    loss: { images: 1, links: 1, tables: 0 },
  })
})

it('of a hostile page nothing is left that runs or loads', () => {
  const { html, loss } = clean(
    '<p onclick="x()">a<script>x()</script></p><img src=x onerror="x()"><a href="java&#9;script:x()">b</a>' +
      '<picture><source srcset="https://x.example/a"><img src="data:image/png;base64,AA"></picture>' +
      '<img src="cid:1@x"><svg><a xlink:href="javascript:x()">c</a></svg><iframe src="https://x.example"></iframe>' +
      '<a href="data:text/html,x">d</a><style>p{}</style><link rel=stylesheet href=x>',
  )
  expect(html).not.toMatch(/<script|<img|<source|<iframe|javascript|data:|<style|<link|onerror/)
  expect(loss.images).toBe(3)
})

it('headings begin at h2, and the lower ones follow', () => {
  expect(clean('<h1>A</h1><h2>B</h2><h3>C</h3><h5>D</h5>').html).toBe(
    '<h2>A</h2><h3>B</h3><h4>C</h4><h4>D</h4>',
  )
  expect(clean('<h2>A</h2><h3>B</h3>').html).toBe('<h2>A</h2><h3>B</h3>')
})

it('empty paragraphs go', () => {
  expect(clean('<p>A</p><p>&nbsp;</p><br><p><o:p>&nbsp;</o:p></p><p>B<br>C</p>').html).toBe(
    '<p>A</p><p>B<br>C</p>',
  )
})

it('where there are no tables, one becomes lines, and the notice counts it', () => {
  expect(
    clean('<table><tr><td>Namn</td><td><p>Antal</p></td></tr><tr><td>Kaffe</td><td>2</td></tr></table>'),
  ).toEqual({
    html: '<p>Namn | Antal </p><p>Kaffe | 2</p>',
    loss: { ...nothing, tables: 1 },
  })
})

describe('a table', () => {
  const kept = (html: string) => clean(html, { keepsTables: true })

  it('stays one, without its looks', () => {
    expect(
      kept(
        '<table class="x" style="color:red" width="500"><colgroup><col></colgroup><thead><tr><th bgcolor="#f00">Namn</th><th>Antal</th></tr></thead>' +
          '<tbody><tr><td style="width:1px">Kaffe</td><td>2</td></tr></tbody></table>',
      ),
    ).toEqual({
      html: '<table><thead><tr><th>Namn</th><th>Antal</th></tr></thead><tbody><tr><td>Kaffe</td><td>2</td></tr></tbody></table>',
      loss: nothing,
    })
  })

  it('has as many cells in each row where cells were merged', () => {
    expect(
      kept(
        '<table><tbody><tr><td colspan="2">A</td><td rowspan="2">B</td></tr><tr><td>C</td><td>D</td></tr></tbody></table>',
      ).html,
    ).toBe(
      '<table><tbody><tr><td>A</td><td></td><td>B</td></tr><tr><td>C</td><td>D</td><td></td></tr></tbody></table>',
    )
  })

  it('that only lays out a page becomes what is in it, and one within another becomes lines', () => {
    expect(
      kept(
        '<table><tbody><tr><td><table><tbody><tr><td>A</td><td>B</td></tr></tbody></table></td></tr></tbody></table>',
      ).html,
    ).toBe('<table><tbody><tr><td>A</td><td>B</td></tr></tbody></table>')
    expect(
      kept(
        '<table><tbody><tr><td>A</td><td><table><tbody><tr><td>B</td><td>C</td></tr></tbody></table></td></tr></tbody></table>',
      ),
    ).toEqual({
      html: '<table><tbody><tr><td>A</td><td><p>B | C</p></td></tr></tbody></table>',
      loss: { ...nothing, tables: 1 },
    })
  })

  it('of a hostile page grows no further than a mail is wide', () => {
    const { html } = kept('<table><tr><td colspan="1000000" rowspan="1000000">A</td><td>B</td></tr></table>')
    expect(html.match(/<td>/g)).toHaveLength(21)
  })
})

it('pictures are left out, and the notice counts those that were seen', () => {
  const images = ['https://bild.example/1', 'data:image/png;base64,AA', 'file:///C:/a.png'].map(
    (src) => `<img src="${src}">`,
  )
  expect(
    clean(`<p>A</p><p>${images.join('')}</p><img width="1" src="https://spar.example/"><p>B</p>`),
  ).toEqual({
    html: '<p>A</p><p>B</p>',
    loss: { ...nothing, images: 3 },
  })
})

it('links that lead nowhere from here leave their text', () => {
  const links = ['file:///C:/a.docx', 'javascript:x', '#_ftn1'].map((href) => `<a href="${href}">x</a>`)
  expect(clean(`<p>${links.join('')}<a href="https://exempel.se">y</a></p>`)).toEqual({
    html: '<p>xxx<a href="https://exempel.se">y</a></p>',
    loss: { ...nothing, links: 2 },
  })
})

it('what Google Docs writes well stays as it is', () => {
  const list = '<ul><li><p>A</p></li><ul><li><p>B</p></li></ul></ul>'
  expect(clean(list)).toEqual({ html: list, loss: nothing })
})
