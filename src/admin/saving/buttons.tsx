'use client'

import {
  PublishButton as PayloadPublishButton,
  SaveDraftButton as PayloadSaveDraftButton,
  useDocumentInfo,
} from '@payloadcms/ui'
import { usePublishLabel } from '../campaign/PublishForecast.tsx'
import { KeptClick } from './KeptClick.tsx'

/** Payload's button to publish; no click on it is lost. An article's says what it will do. */
export const PublishButton = () => {
  const { collectionSlug } = useDocumentInfo()
  return <KeptClick>{collectionSlug === 'articles' ? <ArticleButton /> : <PayloadPublishButton />}</KeptClick>
}

function ArticleButton() {
  const label = usePublishLabel()
  return <PayloadPublishButton {...(label !== undefined && { label })} />
}

/** Payload's button to save a draft; no click on it is lost. */
export const SaveDraftButton = () => (
  <KeptClick>
    <PayloadSaveDraftButton />
  </KeptClick>
)
