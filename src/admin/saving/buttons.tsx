'use client'

import {
  PublishButton as PayloadPublishButton,
  SaveDraftButton as PayloadSaveDraftButton,
} from '@payloadcms/ui'
import { KeptClick } from './KeptClick.tsx'

/** Payload's button to publish; no click on it is lost. */
export const PublishButton = () => (
  <KeptClick>
    <PayloadPublishButton />
  </KeptClick>
)

/** Payload's button to save a draft; no click on it is lost. */
export const SaveDraftButton = () => (
  <KeptClick>
    <PayloadSaveDraftButton />
  </KeptClick>
)
