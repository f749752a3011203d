'use client'

import {
  PublishButton as PayloadPublishButton,
  SaveDraftButton as PayloadSaveDraftButton,
  useDocumentInfo,
} from '@payloadcms/ui'
import { ArticleButton } from '../publish/ArticleButton.tsx'
import { KeptClick } from './KeptClick.tsx'

/** Payload's button to publish; no click on it is lost. An article's opens a sheet first. */
export const PublishButton = () => {
  const { collectionSlug } = useDocumentInfo()
  if (collectionSlug === 'articles') return <ArticleButton />
  return (
    <KeptClick>
      <PayloadPublishButton />
    </KeptClick>
  )
}

/** Payload's button to save a draft; no click on it is lost. */
export const SaveDraftButton = () => (
  <KeptClick>
    <PayloadSaveDraftButton />
  </KeptClick>
)
