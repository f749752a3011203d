/** Ctrl+S, or ⌘S on a Mac. */
export const isSaveKey = ({ code, ctrlKey, metaKey }: KeyboardEvent): boolean =>
  code === 'KeyS' && (ctrlKey || metaKey)

/** Presses it for somebody whose own key was kept. Payload remembers which keys are down until they are let go of. */
export function pressSaveKey(held: { ctrlKey: boolean; metaKey: boolean }): void {
  if (held.metaKey) press('keydown', { code: 'MetaLeft', key: 'Meta', ...held })
  press('keydown', { code: 'KeyS', key: 's', ...held })
  press('keyup', { code: 'KeyS', key: 's', ...held })
  if (held.metaKey) press('keyup', { code: 'MetaLeft', key: 'Meta' })
}

const press = (type: 'keydown' | 'keyup', init: KeyboardEventInit): boolean =>
  document.dispatchEvent(new KeyboardEvent(type, { bubbles: true, cancelable: true, ...init }))
