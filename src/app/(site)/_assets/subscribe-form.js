/*
 * For forms on other sites: sends `<form data-utskick-subscribe action="https://…/api/subscribe" method="post">` without
 * leaving the page, and says below it what came of it. Without this script, or where it may not send (the site is not among
 * the allowed ones), the form leads to a page of ours. What it says can be replaced by attributes of the form:
 * data-asked, data-wrong, data-too-many, data-failed.
 */
;(() => {
  const WORDS = {
    sv: {
      asked: 'Titta i din inkorg: vi har skickat en länk att bekräfta prenumerationen med.',
      wrong: 'Något i formuläret stämmer inte. Kontrollera e-postadressen och försök igen.',
      tooMany: 'Många formulär har skickats från ditt nätverk. Försök igen senare.',
      failed: 'Det gick inte att spara. Försök igen om en stund.',
    },
    en: {
      asked: 'Look in your inbox: we have sent a link to confirm the subscription.',
      wrong: 'Something in the form is not right. Please check the e-mail address and try again.',
      tooMany: 'Many forms have come from your network. Please try again later.',
      failed: 'This could not be saved. Please try again in a moment.',
    },
  }
  const { FormData, HTMLFormElement, document, fetch } = globalThis

  document.addEventListener('submit', (event) => {
    const form = event.target
    if (!form.matches('form[data-utskick-subscribe]')) return
    event.preventDefault()
    void send(form)
  })

  async function send(form) {
    if (form.getAttribute('aria-busy') === 'true') return
    form.setAttribute('aria-busy', 'true')
    const answer = await post(form)
    form.removeAttribute('aria-busy')
    // The browser did not let it through, or there is no network: the form by itself can tell.
    if (!answer) return HTMLFormElement.prototype.submit.call(form)
    if (answer.ok) form.reset()
    show(form, outcomeOf(answer))
  }

  async function post(form) {
    try {
      return await fetch(form.action, {
        method: 'POST',
        credentials: 'omit',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(valuesOf(form)),
      })
    } catch {
      return null
    }
  }

  /** Topics are a list, however many are chosen. */
  function valuesOf(form) {
    const fields = new FormData(form)
    const values = Object.fromEntries(fields)
    if (fields.has('topics')) values.topics = fields.getAll('topics')
    return values
  }

  function outcomeOf({ ok, status }) {
    if (ok) return 'asked'
    if (status === 429) return 'tooMany'
    return status < 500 ? 'wrong' : 'failed'
  }

  function show(form, outcome) {
    const language = (form.elements.locale?.value || document.documentElement.lang).slice(0, 2)
    const words = WORDS[language] ?? WORDS.en
    const place = placeOf(form)
    place.dataset.outcome = outcome
    place.textContent = form.dataset[outcome] ?? words[outcome]
  }

  /** A screen reader says what is put into it: it is there, empty, before anything is. */
  function placeOf(form) {
    const known = form.querySelector('[data-utskick-outcome]')
    if (known) return known
    const place = document.createElement('p')
    place.setAttribute('role', 'status')
    place.dataset.utskickOutcome = ''
    form.append(place)
    return place
  }

  const prepare = () => document.querySelectorAll('form[data-utskick-subscribe]').forEach(placeOf)
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', prepare)
  else prepare()
})()
