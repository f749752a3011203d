import type { Payload } from 'payload'
import type { InBoth } from './content/site.ts'

/** Puts a JPEG file among the media, with its alternative text in both languages. */
export async function seedMedia({
  payload,
  name,
  file,
  alt,
}: {
  payload: Payload
  name: string
  file: Buffer
  alt: InBoth<string>
}): Promise<number> {
  const { id } = await payload.create({
    collection: 'media',
    locale: 'sv',
    data: { alt: alt.sv },
    file: { data: file, mimetype: 'image/jpeg', name: `${name}.jpg`, size: file.byteLength },
  })
  await payload.update({ collection: 'media', id, locale: 'en', data: { alt: alt.en } })
  return id
}
