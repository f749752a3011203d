import type { Locale } from '../../src/newsletter/model.ts'
import type { MailAuthor } from '../props.ts'
import { light } from '../_theme/colors.ts'
import { SANS } from '../_theme/styles.ts'
import { Box } from './Box.tsx'

/** Those who have something to say of themselves. */
export function AboutTheAuthors({ authors, language }: { authors: MailAuthor[]; language: Locale }) {
  return authors
    .filter(({ bio }) => bio)
    .map(({ name, title, bio }) => (
      <Box key={name} className="soft" lang={language} style={CELL}>
        <strong style={{ color: light.ink }}>{name}</strong>
        {title && ` · ${title}`}
        <br />
        {bio}
      </Box>
    ))
}

const CELL = {
  borderTop: `1px solid ${light.line}`,
  padding: '20px 0',
  color: light.inkSoft,
  font: `15px/23px ${SANS}`,
}
