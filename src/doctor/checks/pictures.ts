import { ok, warn, type Check } from '../model.ts'

export const checkPictures = ({ uncleanPictures: names }: { uncleanPictures: string[] }): Check =>
  names.length === 0
    ? ok({ name: 'pictures', message: 'No stored image is known to hold more than its picture.' })
    : warn({
        name: 'pictures',
        message: `These image files could not be read, and may tell where they were taken: ${names.join(', ')}.`,
        remedy: 'Replace the file of each under Images, or delete the image.',
      })
