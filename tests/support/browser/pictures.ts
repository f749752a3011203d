import sharp from 'sharp'

/** A drawn landscape, so that a screenshot shows more than a grey box. */
export const landscape = ({ sky, hill }: { sky: string; hill: string }): Promise<Buffer> =>
  sharp(
    Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900">
      <rect width="1600" height="900" fill="${sky}"/>
      <circle cx="1180" cy="260" r="110" fill="#fff6df"/>
      <path d="M0 640 Q 380 380 760 620 T 1600 520 V 900 H 0 Z" fill="${hill}" opacity="0.65"/>
      <path d="M0 760 Q 500 560 900 740 T 1600 700 V 900 H 0 Z" fill="${hill}"/>
    </svg>`),
  )
    .png()
    .toBuffer()
