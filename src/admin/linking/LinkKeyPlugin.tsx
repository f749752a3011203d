'use client'

import {
  $createLinkNode,
  $isLinkNode,
  LinkNode,
  TOGGLE_LINK_COMMAND,
} from '@payloadcms/richtext-lexical/client'
import {
  $createTextNode,
  $getSelection,
  $insertNodes,
  $isRangeSelection,
  COMMAND_PRIORITY_LOW,
  KEY_DOWN_COMMAND,
  type LexicalEditor,
} from '@payloadcms/richtext-lexical/lexical'
import { useLexicalComposerContext } from '@payloadcms/richtext-lexical/lexical/react/LexicalComposerContext'
import { $findMatchingParent } from '@payloadcms/richtext-lexical/lexical/utils'
import { useEffect, useState } from 'react'
import { createPortal } from 'react-dom'
import { LinkPicker, type PickedLink } from './LinkPicker.tsx'

/** What the cursor stands in when somebody presses Ctrl+K. */
interface Asked {
  /** Whether there are words to make a link of; else the link brings its own. */
  hasWords: boolean
  isLink: boolean
}

/** Ctrl+K, or ⌘K, opens the search for what the marked words lead to. */
export function LinkKeyPlugin() {
  const [editor] = useLexicalComposerContext()
  const [asked, setAsked] = useState<Asked | null>(null)
  useEffect(
    () =>
      editor.registerCommand(
        KEY_DOWN_COMMAND,
        (event) => {
          if (!isLinkKey(event) || !editor.hasNodes([LinkNode])) return false
          const found = look()
          if (!found) return false
          event.preventDefault()
          setAsked(found)
          return true
        },
        COMMAND_PRIORITY_LOW,
      ),
    [editor],
  )
  if (!asked) return null
  const close = (picked: PickedLink | null) => {
    setAsked(null)
    editor.focus(() => {
      if (picked) apply({ editor, picked, asked })
    })
  }
  return createPortal(<LinkPicker isLink={asked.isLink} onClose={close} />, document.body)
}

const isLinkKey = ({ altKey, ctrlKey, key, metaKey, shiftKey }: KeyboardEvent): boolean =>
  key.toLowerCase() === 'k' && (ctrlKey || metaKey) && !altKey && !shiftKey

function look(): Asked | null {
  const selection = $getSelection()
  if (!$isRangeSelection(selection)) return null
  const isLink = $findMatchingParent(selection.anchor.getNode(), $isLinkNode) !== null
  return { hasWords: !selection.isCollapsed() || isLink, isLink }
}

function apply({ editor, picked, asked }: { editor: LexicalEditor; picked: PickedLink; asked: Asked }): void {
  if (picked.kind === 'none') {
    editor.dispatchCommand(TOGGLE_LINK_COMMAND, null)
    return
  }
  const fields =
    picked.kind === 'article'
      ? { linkType: 'internal' as const, newTab: false, doc: { relationTo: 'articles', value: picked.id } }
      : { linkType: 'custom' as const, newTab: false, doc: null, url: picked.url }
  if (asked.hasWords) {
    editor.dispatchCommand(TOGGLE_LINK_COMMAND, { fields, text: null })
    return
  }
  editor.update(() => {
    $insertNodes([$createLinkNode({ fields }).append($createTextNode(picked.text))])
  })
}
