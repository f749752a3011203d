import { describe, expect, it } from '@jest/globals'
import { beginningOf } from '../../../src/rich-text/beginningOf.ts'
import type { Block, Inline } from '../../../src/rich-text/model.ts'

const text = (words: string): Inline => ({ kind: 'text', text: words, formats: ['bold'] })
const paragraph = (...children: Inline[]): Block => ({ kind: 'paragraph', children })

describe('the beginning of a text, for an inbox that is told no other line', () => {
  it('is its sentences, without headings, code, images and buttons', () => {
    expect(
      beginningOf([
        { kind: 'heading', level: 2, children: [text('Rubrik')] },
        paragraph(text('Hej'), { kind: 'linebreak' }, text(' på  dig!')),
        { kind: 'code', code: 'npm start' },
        { kind: 'button', label: 'Boka', url: 'https://example.com' },
        {
          kind: 'list',
          style: 'bullet',
          start: 1,
          items: [
            {
              isChecked: null,
              children: [{ kind: 'link', url: 'https://example.com', children: [text('Frukost')] }],
              nested: [],
            },
          ],
        },
        { kind: 'callout', tone: 'tip', content: [paragraph(text('Kom i tid.'))] },
      ]),
    ).toBe('Hej på dig! Frukost Kom i tid.')
  })

  it('ends with a whole word', () => {
    const beginning = beginningOf([paragraph(text(`${'ordet '.repeat(18)}sammanhang, fortsätter`))])
    expect(beginning).toBe(`${'ordet '.repeat(18)}sammanhang…`)
  })

  it('cuts one word that is longer, and no character in half', () => {
    expect(beginningOf([paragraph(text('🎈'.repeat(100)))])).toBe(`${'🎈'.repeat(60)}…`)
    expect(beginningOf([paragraph(text(`a${'🎈'.repeat(100)}`))])).toBe(`a${'🎈'.repeat(59)}…`)
  })

  it('is empty where nobody wrote a sentence', () => {
    expect(beginningOf([{ kind: 'rule' }, paragraph(text('  '))])).toBe('')
  })
})
