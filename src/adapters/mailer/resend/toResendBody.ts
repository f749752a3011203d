import type { Mail } from '../../../newsletter/model.ts'
import { filledTextsOf, type FilledText } from '../../../newsletter/rules/personalise.ts'
import { formatAddress, toResendTags } from './toResendEmail.ts'

/**
 * The body of a batch's call: byte for byte what the SDK makes of `mails.map(toResendEmail)`, so that a try of either is
 * a try of both under one key. What all mails of a mailing share is escaped and encoded once for all: to do that for
 * each mail takes more of the processor than everything else that a worker does.
 */
export function toResendBody(mails: readonly Mail[]): Buffer {
  const chunks: Buffer[] = []
  mails.forEach((mail, index) => {
    const { html, text } = filledTextsOf(mail) ?? { html: whole(mail.html), text: whole(mail.text) }
    const replyTo = mail.replyTo === null ? '' : `,"reply_to":${JSON.stringify(mail.replyTo)}`
    const from = JSON.stringify(formatAddress(mail.from))
    chunks.push(
      Buffer.from(
        `${index === 0 ? '[' : ','}{"from":${from},"headers":${JSON.stringify(mail.headers)},"html":"`,
      ),
    )
    add(chunks, html)
    chunks.push(Buffer.from(`"${replyTo},"subject":${JSON.stringify(mail.subject)}${tagsOf(mail)},"text":"`))
    add(chunks, text)
    chunks.push(Buffer.from(`","to":${JSON.stringify(formatAddress(mail.to))}}`))
  })
  chunks.push(Buffer.from(']'))
  return Buffer.concat(chunks)
}

const tagsOf = ({ tags }: Mail) =>
  Object.keys(tags).length === 0 ? '' : `,"tags":${JSON.stringify(toResendTags(tags))}`

const whole = (text: string): FilledText => ({ pieces: [text], fills: [] })

function add(chunks: Buffer[], { pieces, fills }: FilledText): void {
  encodedOnce(pieces).forEach((piece, index) => {
    chunks.push(piece)
    const fill = fills[index]
    if (fill !== undefined) chunks.push(encoded(fill))
  })
}

const known = new WeakMap<readonly string[], readonly Buffer[]>()

function encodedOnce(pieces: readonly string[]): readonly Buffer[] {
  const encodedPieces = known.get(pieces) ?? pieces.map(encoded)
  known.set(pieces, encodedPieces)
  return encodedPieces
}

/** As it stands within a JSON string. */
const encoded = (text: string) => Buffer.from(JSON.stringify(text).slice(1, -1))
