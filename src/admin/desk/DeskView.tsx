import { Button, Gutter } from '@payloadcms/ui'
import type { AdminViewServerProps } from 'payload'
import { isEditor } from '../../access/isEditor.ts'
import { depsOf, deskPortsOf } from '../../deps.ts'
import { readDesk } from '../../desk/readDesk.ts'
import { RestoredBanner } from '../restore/RestoredBanner.tsx'
import { adminText } from '../text/adminText.ts'
import './desk.css'
import { DeskRefresh } from './DeskRefresh.tsx'
import { Drafts } from './Drafts.tsx'
import { LastNewsletterPart } from './LastNewsletterPart.tsx'
import { PlannedPart } from './PlannedPart.tsx'
import { SetupPart } from './SetupPart.tsx'
import { SubscribersPart } from './SubscribersPart.tsx'
import { UnderWayPart } from './UnderWayPart.tsx'
import { WaitsPart } from './WaitsPart.tsx'

/** `/admin`: what is under way, what waits for somebody, what is planned, and how the last newsletter went. */
export async function DeskView({ initPageResult: { req } }: AdminViewServerProps) {
  const { payload, i18n, user } = req
  // Payload shows the login form to whoever is not logged in.
  if (!user) return null
  const desk = await readDesk(deskPortsOf(req), { isEditor: isEditor({ req }) })
  const text = adminText(i18n.language)
  const adminRoute = payload.config.routes.admin
  const shared = { text, adminRoute }
  return (
    <Gutter className="dashboard desk">
      <DeskRefresh />
      <div className="desk__head">
        <h1>{text.desk.heading}</h1>
        <Button el="link" to={`${adminRoute}/collections/articles/create`} size="medium" margin={false}>
          {text.desk.newArticle}
        </Button>
      </div>
      <RestoredBanner />
      <div className="desk__parts">
        {desk.setup && <SetupPart steps={desk.setup} {...shared} />}
        <UnderWayPart />
        <WaitsPart unanswered={desk.unanswered} />
        <PlannedPart />
        <Drafts drafts={desk.drafts} {...shared} />
        {!desk.isNew && (
          <LastNewsletterPart last={desk.last} mailer={depsOf(payload).env.mailer.kind} {...shared} />
        )}
        {desk.subscribers && <SubscribersPart figures={desk.subscribers} {...shared} />}
      </div>
    </Gutter>
  )
}
