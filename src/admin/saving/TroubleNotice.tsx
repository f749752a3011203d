'use client'

import { Button } from '@payloadcms/ui'
import { useAdminText } from '../text/useAdminText.ts'
import type { Trouble } from './createSaveWatch.ts'

/** Below every page of the admin, for as long as a text there is not saved: why, and what one can do. */
export function TroubleNotice({ trouble }: { trouble: Exclude<Trouble, { kind: 'session' }> }) {
  return (
    <section className="save-trouble">
      {trouble.kind === 'stale' ? <Stale {...trouble} /> : <Failed {...trouble} />}
    </section>
  )
}

function Stale({ stale, decide, isAutosave }: Extract<Trouble, { kind: 'stale' }>) {
  const { text } = useAdminText()
  const { savedAt, savedBy, isOwn } = stale
  const time = new Date(savedAt).toLocaleString(text.language, { dateStyle: 'medium', timeStyle: 'short' })
  return (
    <>
      <p>
        <strong>
          {isOwn
            ? text.saving.staleOwn(time)
            : text.saving.stale(savedBy?.name ?? text.saving.somebody, time)}
        </strong>{' '}
        {text.saving.kept}
      </p>
      <div className="save-trouble__ways">
        <Button
          el="anchor"
          url={window.location.href}
          newTab
          buttonStyle="secondary"
          size="small"
          margin={false}
        >
          {text.saving.showNewer}
        </Button>
        <Button onClick={() => decide('over')} buttonStyle="secondary" size="small" margin={false}>
          {text.saving.saveOver}
        </Button>
        {!isAutosave && (
          <Button onClick={() => decide('leave')} buttonStyle="secondary" size="small" margin={false}>
            {text.saving.notNow}
          </Button>
        )}
      </div>
    </>
  )
}

function Failed({ isRepeated, message }: Extract<Trouble, { kind: 'failed' }>) {
  const { text } = useAdminText()
  return (
    <p>
      <strong>{text.saving.failed}</strong> {message ?? text.saving.unreachable}{' '}
      {isRepeated ? text.saving.repeated : text.saving.tryAgain}
    </p>
  )
}
