import sharp from 'sharp'

/** Images as JPEG files, drawn anew each time: no picture is kept with the source. */
type Draw<Input> = (input: Input) => Promise<Buffer>

const toJpeg = (svg: string) => sharp(Buffer.from(svg)).jpeg({ quality: 86, mozjpeg: true }).toBuffer()

/** Hills under a low sun, 1600 × 900; another `land` has other hills. */
export const drawHills: Draw<{ sky: string; far: string; near: string; land: number }> = ({
  sky,
  far,
  near,
  land,
}) =>
  toJpeg(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900">
    <defs><linearGradient id="sky" x1="0" y1="0" x2="0" y2="1">
      <stop offset="0" stop-color="${sky}"/><stop offset="0.75" stop-color="#fffaf0"/></linearGradient></defs>
    <rect width="1600" height="900" fill="url(#sky)"/>
    <circle cx="${1130 - land * 210}" cy="330" r="120" fill="#fff6df"/>
    ${[0, 1, 2, 3]
      .map(
        (layer) =>
          `<path d="${ridge({ layer, land })}" fill="${far}" opacity="${0.35 + layer * 0.13}"/>
           <path d="${ridge({ layer, land })}" fill="${near}" opacity="${layer * 0.24}"/>`,
      )
      .join('')}
  </svg>`)

/** One row of hills, further down and wider from layer to layer. */
function ridge({ layer, land }: { layer: number; land: number }): string {
  const y = 470 + layer * 95
  const points = Array.from({ length: 6 }, (_, index) => {
    const x = index * 320
    const rise = Math.round(70 * Math.sin(index * 1.7 + layer * 2.1 + land * 1.3))
    return `S ${x - 130} ${y - rise - 40} ${x} ${y - rise}`
  })
  return `M-160 ${y} ${points.join(' ')} L1760 ${y} V900 H-160 Z`
}

/** Two ways from one point to another, as on a whiteboard, 1600 × 900. */
export const drawSketch = (): Promise<Buffer> =>
  toJpeg(`<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="900">
    <rect width="1600" height="900" fill="#f7f5ef"/>
    <rect x="40" y="40" width="1520" height="820" rx="28" fill="#fff" stroke="#dcd7ca" stroke-width="6"/>
    <g fill="none" stroke-width="14" stroke-linecap="round">
      <path d="M300 600 C 480 250 720 240 860 430 S 1160 640 1300 330" stroke="#1f5f4a"/>
      <path d="M300 600 C 520 780 760 700 880 610 S 1140 300 1300 330" stroke="#d07c3f" stroke-dasharray="4 34"/>
      <path d="M300 600 C 620 600 900 360 1300 330" stroke="#28486b" opacity="0.55"/>
    </g>
    <circle cx="300" cy="600" r="42" fill="#28486b"/>
    <path d="M1300 205 l28 68 74 6 -56 48 17 72 -63 -38 -63 38 17 -72 -56 -48 74 -6z" fill="#e0a93b"/>
  </svg>`)

/** Head and shoulders without a face, 640 × 640. */
export const drawPortrait: Draw<{
  back: string
  hair: string
  isHairLong: boolean
  skin: string
  clothes: string
}> = ({ back, hair, isHairLong, skin, clothes }) =>
  toJpeg(`<svg xmlns="http://www.w3.org/2000/svg" width="640" height="640">
    <rect width="640" height="640" fill="${back}"/>
    <circle cx="320" cy="${isHairLong ? 246 : 238}" r="${isHairLong ? 152 : 128}" fill="${hair}"/>
    ${isHairLong ? `<path d="M168 246 Q150 420 214 430 L426 430 Q490 420 472 246 Z" fill="${hair}"/>` : ''}
    <path d="M80 640 Q96 470 320 460 Q544 470 560 640 Z" fill="${clothes}"/>
    <path d="M262 380 H378 V452 Q320 528 262 452 Z" fill="${skin}"/>
    <ellipse cx="320" cy="276" rx="112" ry="136" fill="${skin}"/>
    <path d="M206 262 Q236 130 330 150 Q424 150 434 262 Q380 240 344 190 Q300 244 206 262 Z" fill="${hair}"/>
  </svg>`)
