import type { APIError, PayloadRequest } from 'payload'
import { MAX_PIXELS, PICTURE_TYPES, type PictureProblem } from '../../media/pictures.ts'
import type { RefusalCode } from '../../refusals/codes.ts'
import { refusal } from '../../refusals/refusal.ts'

type Refusal = RefusalCode & (PictureProblem | 'mailed' | 'one_at_a_time' | 'no_reason' | 'no_file')

const NAMES = Object.values(PICTURE_TYPES)
const MEGAPIXELS = MAX_PIXELS / 1_000_000

const listOf = (word: string): string => `${NAMES.slice(0, -1).join(', ')} ${word} ${NAMES.at(-1)}`

const REFUSALS: Record<Refusal, { status: number; sv: string; en: string }> = {
  unknown_type: {
    status: 400,
    sv: `Filen är ingen bild som kan användas här. Spara den som ${listOf('eller')} och ladda upp den igen.`,
    en: `The file is no image that can be used here. Save it as ${listOf('or')} and upload it again.`,
  },
  too_many_pixels: {
    status: 413,
    sv: `Bilden har mer än ${MEGAPIXELS} megapixlar. Förminska den och ladda upp den igen.`,
    en: `The image has more than ${MEGAPIXELS} megapixels. Make it smaller and upload it again.`,
  },
  unreadable: {
    status: 400,
    sv: 'Bildfilen är skadad. Spara den på nytt i ett bildprogram och ladda upp den igen.',
    en: 'The image file is damaged. Save it again in an image editor and upload it again.',
  },
  mailed: {
    status: 409,
    sv: 'Bilden syns i ett mejl som har skickats och måste finnas kvar. Byt ut den för nya läsare, eller låt en administratör ta ner den under ”Nedtagen”.',
    en: 'A mail that was sent shows this image, so it has to stay. Replace it for new readers, or have an admin take it down under “Taken down”.',
  },
  one_at_a_time: {
    status: 400,
    sv: 'En fil kan bara ersätta en bild åt gången. Öppna bilden och byt filen där.',
    en: 'A file replaces one image at a time. Open the image and replace its file there.',
  },
  no_file: {
    status: 400,
    sv: 'Välj en bildfil att ladda upp.',
    en: 'Choose an image file to upload.',
  },
  no_reason: {
    status: 400,
    sv: 'Ange varför bilden tas ner (fältet ”reason”).',
    en: 'Say why the image is taken down (field “reason”).',
  },
}

/** The data name the field. */
export function pictureRefusal({ code, req }: { code: Refusal; req: PayloadRequest }): APIError {
  const { status, ...text } = REFUSALS[code]
  return refusal({ req, code, status, text, data: { field: code === 'no_reason' ? 'reason' : 'file' } })
}
