/*
 * Confirms as soon as the page is shown: one click in the mail is enough for a person, while a scanner that only fetches
 * the link confirms nothing. What came of it the page itself says, read anew; its button is for when this fails.
 */
const { URL, document, fetch, location } = globalThis
const form = document.querySelector('form[data-confirm]')
const status = document.querySelector('[data-working]')

if (form) void confirm()

async function confirm() {
  if (status) status.textContent = status.dataset.working
  const next = new URL(location.href)
  next.searchParams.set('posted', '1')
  if (!(await isTaken())) next.searchParams.set('problem', 'not_saved')
  location.replace(next)
}

/** Refused is taken too: then the page says why. */
async function isTaken() {
  try {
    const answer = await fetch(form.action, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ token: form.elements.token.value }),
    })
    return answer.status < 500
  } catch {
    return false
  }
}
