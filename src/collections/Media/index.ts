import type { CollectionConfig, ImageSize } from 'payload'
import { NAV_GROUPS } from '../labels.ts'
import { isAnyone } from '../../access/isAnyone.ts'
import { isEditor } from '../../access/isEditor.ts'
import { isStaff } from '../../access/isStaff.ts'
import { internal } from '../../fields/internal.ts'
import { MAIL_SIZES } from '../../media/mailFiles.ts'
import { pictureFilesIn } from '../../media/pictureFiles.ts'
import { PICTURE_TYPES } from '../../media/pictures.ts'
import { keepMailedPicture, removeFormerFiles } from './hooks/keepMailedPicture.ts'
import { cleanNewPicture, keepPicture, makeMailFiles, takePicture } from './hooks/takePicture.ts'
import { PICTURE_CACHE, servePicture } from './servePicture.ts'
import { noteTakingDown, takeDownEndpoint, takenDownField } from './takingDown.ts'

/** Beside the files there are already: another image's size never takes their name. */
const sizeNamer =
  (directory: string): NonNullable<ImageSize['generateImageName']> =>
  ({ originalName, width, height, extension }) =>
    pictureFilesIn(directory).freeName(`${originalName}-${width}x${height}.${extension}`)

/** Payload makes no size that is wider than the picture: it leaves those that media/mailFiles makes to us. */
const NOT_BY_PAYLOAD = 1_000_000

/** Images with a text for those who do not see them. SVG is refused: it can carry scripts, and no mail shows it. */
export const mediaCollection = ({ directory }: { directory: string }): CollectionConfig => {
  const generateImageName = sizeNamer(directory)
  return {
    slug: 'media',
    labels: { singular: { sv: 'Bild', en: 'Image' }, plural: { sv: 'Bilder', en: 'Images' } },
    admin: {
      useAsTitle: 'filename',
      defaultColumns: ['filename', 'alt', 'createdAt'],
      group: NAV_GROUPS.write,
    },
    access: { read: isAnyone, create: isStaff, update: isEditor, delete: isEditor },
    endpoints: [takeDownEndpoint],
    hooks: {
      beforeOperation: [takePicture],
      beforeChange: [keepPicture, noteTakingDown],
      afterChange: [cleanNewPicture, makeMailFiles],
      beforeDelete: [keepMailedPicture],
      afterDelete: [removeFormerFiles],
    },
    upload: {
      staticDir: directory,
      mimeTypes: Object.keys(PICTURE_TYPES),
      // Payload's type knows a handler that always answers; it asks the next one, and itself, when there is no answer.
      handlers: [(req, args) => servePicture(req, args) as Promise<Response>],
      modifyResponseHeaders: ({ headers }) => {
        // Not on the answer to a part that the file does not have.
        if (!headers.get('Content-Range')?.includes('*')) headers.set('Cache-Control', PICTURE_CACHE)
        return headers
      },
      focalPoint: true,
      adminThumbnail: 'small',
      imageSizes: [
        { name: 'small', width: 640, withoutEnlargement: true, generateImageName },
        { name: 'medium', width: 1280, withoutEnlargement: true, generateImageName },
        { name: 'large', width: 1920, withoutEnlargement: true, generateImageName },
        ...MAIL_SIZES.map((name) => ({ name, width: NOT_BY_PAYLOAD })),
      ],
    },
    fields: [
      {
        name: 'alt',
        type: 'text',
        required: true,
        localized: true,
        label: { sv: 'Alternativtext', en: 'Alternative text' },
        admin: {
          description: {
            sv: 'Vad bilden visar, för den som inte ser den: i mejl är bilder ofta avstängda.',
            en: 'What the image shows, for those who do not see it: in mail, images are often off.',
          },
        },
      },
      takenDownField,
      // When its files were found to hold nothing but the image; null: made by an earlier version, and the worker's to clean.
      internal({ name: 'cleanedAt', type: 'date', index: true }),
      // When its files for mail were made; null: by an earlier version, and the worker makes them again.
      internal({ name: 'mailSizesAt', type: 'date', index: true, hooks: { beforeDuplicate: [() => null] } }),
      // Why the worker could not: see doctor.
      internal({ name: 'uncleanable', type: 'text' }),
      // The files it had before it was replaced or cropped, [{name, until}]: their addresses stand in mails.
      internal({ name: 'formerFiles', type: 'json', hooks: { beforeDuplicate: [() => null] } }),
      internal({ name: 'formerLookAt', type: 'date', index: true, hooks: { beforeDuplicate: [() => null] } }),
    ],
  }
}
