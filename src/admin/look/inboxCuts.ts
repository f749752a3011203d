export const INBOXES = ['gmail', 'outlook', 'iphone'] as const
export type Inbox = (typeof INBOXES)[number]

/** The three parts of a mail that an inbox shows before it is opened, as far as it shows them. */
export interface InboxLine {
  sender: string
  subject: string
  preheader: string
}

interface Room {
  sender: number
  /** Null: subject and preheader share `line`, and the subject comes first. */
  subject: number | null
  preheader: number
}

/**
 * Letters that these inboxes show, counted on their usual windows: Gmail in a browser 1,366 pixels wide, the new Outlook with
 * the reading pane beside the list, Mail on an iPhone 390 points wide with two lines of preview. It is no promise: letters
 * differ in width, and readers choose other windows and sizes.
 */
const ROOM: Record<Inbox, Room> = {
  gmail: { sender: 20, subject: null, preheader: 100 },
  outlook: { sender: 30, subject: 40, preheader: 45 },
  iphone: { sender: 26, subject: 38, preheader: 84 },
}

/** What is left of a mail's line in an inbox; a cut ends with an ellipsis. */
export function cutFor(inbox: Inbox, { sender, subject, preheader }: InboxLine): InboxLine {
  const room = ROOM[inbox]
  const shown = cut(subject, room.subject ?? room.preheader)
  const left = room.subject === null ? room.preheader - lettersOf(shown).length : room.preheader
  return { sender: cut(sender, room.sender), subject: shown, preheader: left < 2 ? '' : cut(preheader, left) }
}

function cut(text: string, most: number): string {
  const letters = lettersOf(text.replace(/\s+/g, ' ').trim())
  return letters.length <= most
    ? letters.join('')
    : `${letters
        .slice(0, most - 1)
        .join('')
        .trimEnd()}…`
}

/** As people see them: a flag or a letter with its accent is one. */
const lettersOf = (text: string): string[] =>
  [...new Intl.Segmenter(undefined, { granularity: 'grapheme' }).segment(text)].map(({ segment }) => segment)
