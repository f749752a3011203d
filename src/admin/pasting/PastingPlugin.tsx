'use client'

import { $isUploadNode, LinkNode, UploadNode } from '@payloadcms/richtext-lexical/client'
import {
  COMMAND_PRIORITY_CRITICAL,
  PASTE_COMMAND,
  TextNode,
  type LexicalEditor,
} from '@payloadcms/richtext-lexical/lexical'
import { useLexicalComposerContext } from '@payloadcms/richtext-lexical/lexical/react/LexicalComposerContext'
import { mergeRegister } from '@payloadcms/richtext-lexical/lexical/utils'
import { TableNode } from '@lexical/table'
import { toast, useTranslation } from '@payloadcms/ui'
import { useEffect } from 'react'
import { isNode, stringOf } from '../../rich-text/node.ts'
import { readUrl } from '../../rich-text/urls/readUrl.ts'
import { cleanText } from '../../text/cleanText.ts'
import { cleanPasted } from './cleanPasted.ts'
import { describeLoss, describeLostImage } from './describeLoss.ts'

/** Cleans what is pasted before the editor reads it, and says what could not be kept. */
export function PastingPlugin(): null {
  const [editor] = useLexicalComposerContext()
  const { i18n } = useTranslation()
  const { language } = i18n
  useEffect(() => {
    const ownEvents = new WeakSet<Event>()
    return mergeRegister(
      editor.registerCommand(
        PASTE_COMMAND,
        (event) => {
          const data = dataOf(event)
          // Text from this editor is as it should be.
          if (!data || ownEvents.has(event) || data.types.includes('application/x-lexical-editor'))
            return false
          const keepsTables = editor.hasNodes([TableNode])
          const cleaned = cleanedPaste(data, { language, keepsTables })
          if (!cleaned) return false
          event.preventDefault()
          ownEvents.add(cleaned)
          editor.dispatchCommand(PASTE_COMMAND, cleaned)
          return true
        },
        COMMAND_PRIORITY_CRITICAL,
      ),
      editor.registerNodeTransform(TextNode, cleanNode),
      editor.registerNodeTransform(LinkNode, cleanLink),
      removeLostImages(editor, () => toast.warning(describeLostImage(language))),
    )
  }, [editor, language])
  return null
}

const dataOf = (event: object): DataTransfer | null =>
  event instanceof ClipboardEvent ? event.clipboardData : null

function cleanedPaste(
  data: DataTransfer,
  { language, keepsTables }: { language: string; keepsTables: boolean },
): ClipboardEvent | null {
  const html = data.getData('text/html')
  const text = data.getData('text/plain')
  const clean = new DataTransfer()
  if (html === '') {
    if (text === '' || cleanText(text) === text) return null
  } else {
    const { body } = new DOMParser().parseFromString(html, 'text/html')
    // A picture that was copied alone comes with its bytes: the editor uploads it and asks for its alt text.
    if (data.files.length > 0 && body.textContent?.trim() === '') return pasteOf(filesOf(data))
    const notice = describeLoss(cleanPasted(body, { keepsTables }), language)
    if (notice) toast.warning(notice, { duration: 12_000 })
    clean.setData('text/html', body.innerHTML)
  }
  clean.setData('text/plain', cleanText(text))
  return pasteOf(clean)
}

const pasteOf = (clipboardData: DataTransfer): ClipboardEvent =>
  new ClipboardEvent('paste', { clipboardData, cancelable: true })

function filesOf({ files }: DataTransfer): DataTransfer {
  const data = new DataTransfer()
  for (const file of files) data.items.add(file)
  return data
}

/** The server would clean it at the next save, and the editor would lose its place. */
function cleanNode(node: TextNode): void {
  const text = node.getTextContent()
  const clean = cleanText(text)
  if (clean !== text) node.setTextContent(clean.replaceAll('\n', ' '))
}

function cleanLink(node: LinkNode): void {
  const fields = node.getFields()
  const read = readUrl(fields.url ?? '')
  if (fields.linkType !== 'internal' && read.kind === 'url' && read.url !== fields.url)
    node.setFields({ ...fields, url: read.url })
}

/** A picture whose upload was never finished is in no browser any more: it would be published as nothing. */
function removeLostImages(editor: LexicalEditor, tell: () => void): () => void {
  if (!editor.hasNodes([UploadNode])) return () => undefined
  return editor.registerNodeTransform(UploadNode, (node) => {
    if (!$isUploadNode(node)) return
    const data: object = node.getData()
    const pending = 'pending' in data ? data.pending : null
    if (!isNode(pending) || stringOf(pending.src).startsWith('blob:')) return
    node.remove()
    tell()
  })
}
