import { describe, expect, it } from '@jest/globals'
import { brandColors, dark, light } from '../../../emails/_theme/colors.ts'
import { contrastOf, READABLE, readableOn } from '../../../emails/_theme/contrast.ts'

const steps = [0, 51, 102, 127, 153, 204, 255].map((value) => value.toString(16).padStart(2, '0'))
const anyColor = steps.flatMap((red) =>
  steps.flatMap((green) => steps.map((blue) => `#${red}${green}${blue}`)),
)

describe('the contrast', () => {
  it.each([
    ['#000000', '#ffffff', 21],
    ['#ffffff', '#000000', 21],
    ['#777777', '#ffffff', 4.48],
    ['#1f5f4a', '#1f5f4a', 1],
  ])('of %s and %s is %d', (a, b, expected) => {
    expect(contrastOf(a, b)).toBeCloseTo(expected, 2)
  })
})

describe('a colour', () => {
  it('stays where it can be read', () => {
    expect(readableOn({ color: '#1f5f4a', backgrounds: ['#ffffff'], toward: '#000000' })).toBe('#1f5f4a')
  })

  it('gets as dark as it takes', () => {
    expect(readableOn({ color: '#ffe14d', backgrounds: ['#ffffff'], toward: '#000000' })).toBe('#807127')
  })
})

describe('the colours of a mail', () => {
  it.each(['page', 'card', 'tint'] as const)(
    'can be read on the %s, whatever the brand colour',
    (surface) => {
      const faint = anyColor.filter((color) => {
        const { accent, accentInDark } = brandColors(color)
        return (
          contrastOf(accent, light[surface]) < READABLE || contrastOf(accentInDark, dark[surface]) < READABLE
        )
      })
      expect(faint).toEqual([])
    },
  )

  it('can be read on a button of any brand colour, in white: a forced dark mode turns dark words white', () => {
    expect(anyColor.filter((color) => brandColors(color).onAction !== '#ffffff')).toEqual([])
    const faint = anyColor.filter((color) => {
      const { action, onAction } = brandColors(color)
      return contrastOf(onAction, action) < READABLE
    })
    expect(faint).toEqual([])
  })

  it.each(['page', 'card', 'tint'] as const)('of the text can be read on the %s', (surface) => {
    const pairs = [
      contrastOf(light.ink, light[surface]),
      contrastOf(light.inkSoft, light[surface]),
      contrastOf(light.important, light[surface]),
      contrastOf(dark.ink, dark[surface]),
      contrastOf(dark.important, dark[surface]),
    ]
    expect(pairs.filter((contrast) => contrast < READABLE)).toEqual([])
  })

  it('are calm where the brand colour is none', () => {
    expect(brandColors('url(javascript:x)').brand).toBe(light.ink)
  })
})
