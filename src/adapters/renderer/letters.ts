import { render } from '@react-email/render'
import { createElement } from 'react'
import { LetterMail, type LetterMailProps } from '../../../emails/transactional/LetterMail.tsx'
import { letterText } from '../../../emails/transactional/letterText.ts'
import type { RenderedMail } from '../../newsletter/model.ts'
import { oneLine } from '../../text/cleanText.ts'
import { finishHtml } from './finishHtml.ts'

/** Renders a mail to one person. */
export const renderLetter = async (props: LetterMailProps): Promise<RenderedMail> => ({
  subject: oneLine(props.letter.subject),
  html: finishHtml(await render(createElement(LetterMail, props))),
  text: letterText(props),
})
