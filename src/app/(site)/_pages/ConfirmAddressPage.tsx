import type { Locale } from '../../../newsletter/model.ts'
import { actionOf } from '../_components/choices/Section.tsx'
import { Message } from '../_components/Message.tsx'
import { Notice } from '../_components/Notice.tsx'
import { PrivateHead } from '../_components/PageHead.tsx'
import { SiteDocument } from '../_components/SiteDocument.tsx'
import type { SiteFacts } from '../_data/site.ts'
import { choicesText } from '../_text/choices/choicesText.ts'
import { siteText } from '../_text/siteText.ts'
import { unbroken } from '../_text/unbroken.ts'

/** `asked` and `changed` come with the new address, masked. */
export type ConfirmAddressState =
  | { kind: 'invalid' | 'trial' | 'expired' | 'gone' | 'used' }
  | { kind: 'asked'; email: string }
  | { kind: 'changed'; email: string }

interface Props {
  locale: Locale
  state: ConfirmAddressState
  token: string
  /** The code of what did not work just now, or nothing: a word in the address, so never trusted alone. */
  problem: string
}

/** Where the owner of a new address says that it is theirs. */
export function ConfirmAddressPage({ site, ...props }: Props & { site: SiteFacts }) {
  const { locale } = props
  return (
    <SiteDocument
      locale={locale}
      site={site}
      translations={null}
      head={<PrivateHead site={site} title={choicesText[locale].confirmAddress.title} />}
    >
      <State {...props} />
    </SiteDocument>
  )
}

function State({ locale, state, token, problem }: Props) {
  const text = siteText[locale]
  const words = choicesText[locale].confirmAddress
  switch (state.kind) {
    case 'invalid':
      return <Message {...text.linkInvalid} />
    case 'trial':
      return <Message {...text.linkOfTrial} />
    case 'gone':
      return <Message title={text.preferences.gone} text={text.preferences.goneText} />
    case 'expired':
      return <Message title={words.expired} text={words.expiredText} />
    case 'used':
      return <Message title={words.used} text={words.usedText} />
    case 'changed':
      return <Message title={words.changed} text={words.changedText(unbroken(state.email))} />
    case 'asked':
      return (
        <Message title={words.title} text={words.text(unbroken(state.email))}>
          {problem && (
            <Notice tone="problem">
              {problem === 'address_not_free' ? words.notFree : text.preferences.notSaved}
            </Notice>
          )}
          <form method="post" action={actionOf({ path: '/api/preferences/address/confirm', token })}>
            <button type="submit" className="button">
              {words.confirm}
            </button>
          </form>
        </Message>
      )
  }
}
