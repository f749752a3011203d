import { describe, expect, it } from '@jest/globals'
import { cutFor } from '../../../src/admin/look/inboxCuts.ts'

const long = {
  sender: 'Holm & Dahl om arbete utan chefer',
  subject: 'Frihet fungerar bara om vi också tar ansvar för oss själva och för varandra',
  preheader:
    'Två sidor av samma mynt, och vad de betyder för den som leder sig själv varje dag på ett arbete utan chefer.',
}

describe('the line in an inbox', () => {
  it('is whole where it fits', () => {
    const short = { sender: 'Holm', subject: 'Om frihet', preheader: 'Två sidor.' }
    expect([cutFor('gmail', short), cutFor('outlook', short), cutFor('iphone', short)]).toEqual([
      short,
      short,
      short,
    ])
  })

  it('is cut where each inbox cuts it', () => {
    expect([cutFor('gmail', long), cutFor('outlook', long), cutFor('iphone', long)]).toEqual([
      {
        sender: 'Holm & Dahl om arbe…',
        subject: 'Frihet fungerar bara om vi också tar ansvar för oss själva och för varandra',
        preheader: 'Två sidor av samma mynt,…',
      },
      {
        sender: 'Holm & Dahl om arbete utan ch…',
        subject: 'Frihet fungerar bara om vi också tar an…',
        preheader: 'Två sidor av samma mynt, och vad de betyder…',
      },
      {
        sender: 'Holm & Dahl om arbete uta…',
        subject: 'Frihet fungerar bara om vi också tar…',
        preheader: 'Två sidor av samma mynt, och vad de betyder för den som leder sig själv varje dag p…',
      },
    ])
  })

  it('shows nothing of the preheader where the subject takes the whole row', () => {
    expect(cutFor('gmail', { ...long, subject: 'a'.repeat(120) })).toEqual({
      sender: 'Holm & Dahl om arbe…',
      subject: `${'a'.repeat(99)}…`,
      preheader: '',
    })
  })

  it('cuts no letter in half', () => {
    const { subject } = cutFor('outlook', { ...long, subject: '🇸🇪'.repeat(50) })
    expect(subject).toBe(`${'🇸🇪'.repeat(39)}…`)
  })
})
