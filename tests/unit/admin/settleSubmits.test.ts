import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals'
import { settleSubmits } from '../../../src/admin/refusals/settleSubmits.ts'

/** As much of a browser's page as the function sees. */
class FakeElement {
  isConnected = true
  constructor(
    private readonly page: FakePage,
    readonly name: string,
  ) {}
  closest = () => this
  click = () => this.page.clickOn(this)
}
class FakePage extends EventTarget {
  location = { pathname: '/articles/1' }
  readonly done: string[] = []
  repeatsPassword = false
  querySelector = (selector: string) =>
    this.repeatsPassword && selector === '#field-confirm-password' ? new FakeElement(this, selector) : null
  button = (name: string) => new FakeElement(this, name)
  write = () => void this.dispatchEvent(new Event('input'))
  clickOn(button: FakeElement): void {
    const event = new Event('click', { cancelable: true })
    Object.defineProperty(event, 'target', { value: button })
    if (this.dispatchEvent(event)) this.done.push(button.name)
  }
}

describe('a click on the button of a form', () => {
  let page: FakePage
  let refusals: { count: number; asking: number }
  beforeEach(() => {
    jest.useFakeTimers()
    Object.assign(globalThis, { Element: FakeElement })
    page = new FakePage()
    refusals = { count: 1, asking: 0 }
    settleSubmits(page as EventTarget as Document, refusals)
  })
  afterEach(() => {
    jest.useRealTimers()
    Reflect.deleteProperty(globalThis, 'Element')
  })

  it('is done at once where nothing was refused, and where nobody has just written', () => {
    page.button('publish').click()
    refusals.count = 0
    page.write()
    page.button('save').click()
    expect(page.done).toEqual(['publish', 'save'])
  })

  it('waits where a password is repeated until the form has heard it, though nothing was refused', () => {
    Object.assign(refusals, { count: 0, asking: 0 })
    page.repeatsPassword = true
    page.write()
    page.button('create').click()
    jest.advanceTimersByTime(200)
    expect(page.done).toEqual([])
    jest.advanceTimersByTime(1_000)
    expect(page.done).toEqual(['create'])
  })

  it('waits after a refusal until the form has heard about what was written, and is done once', () => {
    const button = page.button('publish')
    page.write()
    refusals.asking = 1
    button.click()
    button.click()
    jest.advanceTimersByTime(2_000)
    expect(page.done).toEqual([])
    refusals.asking = 0
    jest.advanceTimersByTime(1_000)
    expect(page.done).toEqual(['publish'])
  })

  it('waits for five seconds at most, also while somebody writes on', () => {
    page.write()
    page.button('publish').click()
    for (let times = 0; times < 60; times += 1) {
      jest.advanceTimersByTime(100)
      page.write()
    }
    expect(page.done).toEqual(['publish'])
  })

  it('gives way to a later click on another button', () => {
    page.write()
    page.button('publish').click()
    page.button('save').click()
    jest.advanceTimersByTime(1_000)
    expect(page.done).toEqual(['save'])
  })

  it('is given up when its button is gone or another page is shown', () => {
    const button = page.button('publish')
    page.write()
    button.click()
    button.isConnected = false
    jest.advanceTimersByTime(1_000)
    page.write()
    page.button('publish').click()
    page.location = { pathname: '/articles/2' }
    jest.advanceTimersByTime(1_000)
    expect(page.done).toEqual([])
  })
})
