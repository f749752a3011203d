import type { APIError, PayloadRequest } from 'payload'
import type { RefusalCode } from '../../refusals/codes.ts'
import { refusal } from '../../refusals/refusal.ts'

type Refusal = RefusalCode &
  ('not_pdf' | 'unreadable' | 'file_too_large' | 'no_file' | 'file_stays' | 'file_mailed' | 'file_shown')

const REFUSALS: Record<Refusal, { status: number; sv: string; en: string }> = {
  not_pdf: {
    status: 400,
    sv: 'Filen är ingen PDF. Spara den som PDF och ladda upp den igen.',
    en: 'The file is no PDF. Save it as a PDF and upload it again.',
  },
  unreadable: {
    status: 400,
    sv: 'PDF-filen är skadad eller avbruten. Spara den på nytt som PDF och ladda upp den igen.',
    en: 'The PDF file is damaged or cut off. Save it as a PDF again and upload it again.',
  },
  file_too_large: {
    status: 413,
    sv: 'Filen är för stor: högst 20 MB. Spara den i mindre storlek och ladda upp den igen.',
    en: 'The file is too large: at most 20 MB. Save it in a smaller size and upload it again.',
  },
  no_file: {
    status: 400,
    sv: 'Välj en PDF-fil att ladda upp.',
    en: 'Choose a PDF file to upload.',
  },
  file_stays: {
    status: 400,
    sv: 'En fil byts inte ut: brev och sidor leder till den. Ladda upp den nya som en egen fil och välj den i artikeln.',
    en: 'A file is not replaced: mails and pages lead to it. Upload the new one as a file of its own and choose it in the article.',
  },
  file_mailed: {
    status: 409,
    sv: 'Ett mejl leder till filen, så den måste finnas kvar.',
    en: 'A mail leads to this file, so it has to stay.',
  },
  file_shown: {
    status: 409,
    sv: 'Artikeln ”$article” visar filen. Ta bort den ur texten först, och publicera om artikeln är publicerad.',
    en: 'The article “$article” shows this file. Remove it from the text first, and publish if the article is published.',
  },
}

/** The data name the field. */
export function fileRefusal({
  code,
  req,
  article = '',
}: {
  code: Refusal
  req: PayloadRequest
  /** The title of the article that shows it. */
  article?: string
}): APIError {
  const { status, sv, en } = REFUSALS[code]
  const name = (text: string) => text.replace('$article', () => article)
  return refusal({ req, code, status, text: { sv: name(sv), en: name(en) }, data: { field: 'file' } })
}
