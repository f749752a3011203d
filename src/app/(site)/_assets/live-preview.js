/*
 * Shows what the editor in the admin has saved, as soon as it is saved. The admin announces that to the page in its
 * frame or window, once the page has said that it is ready (Payload's live preview protocol). Both are of one origin,
 * and no other is listened to.
 */
const { DOMParser, document, fetch, location, opener, parent } = globalThis
let newest = 0

globalThis.addEventListener('message', ({ origin, data }) => {
  if (origin === location.origin && data?.type === 'payload-document-event') void showSaved()
})

async function showSaved() {
  const mine = ++newest
  const answer = await fetch(location.href)
  const html = await answer.text()
  if (!answer.ok || mine !== newest) return
  const page = new DOMParser().parseFromString(html, 'text/html')
  const main = page.querySelector('main')
  if (main) document.querySelector('main')?.replaceWith(main)
  document.title = page.title
}

const admin = opener ?? parent
admin.postMessage({ type: 'payload-live-preview', ready: true }, location.origin)
