'use client'

import { $isBlockNode, BlockNode } from '@payloadcms/richtext-lexical/client'
import {
  $getNearestNodeFromDOMNode,
  HISTORIC_TAG,
  SKIP_DOM_SELECTION_TAG,
  type LexicalEditor,
} from '@payloadcms/richtext-lexical/lexical'
import { useLexicalComposerContext } from '@payloadcms/richtext-lexical/lexical/react/LexicalComposerContext'
import { useAllFormFields, useFormModified } from '@payloadcms/ui'
import { dequal } from 'dequal/lite'
import { reduceFieldsToValues } from 'payload/shared'
import { useLayoutEffect, useRef } from 'react'

type Data = Record<string, unknown>

/**
 * Stands in each block of the editor and shows nothing. It puts what somebody writes in a block into the text at once.
 * Payload asks the server about the block, and puts the answer into the text. It does not ask about words that somebody
 * types just before another answer comes (`MERGE_SERVER_STATE` in its form): the block shows those words, and no save holds
 * them. A late answer takes newer words out of the text.
 */
export function KeptBlock() {
  const [editor] = useLexicalComposerContext()
  const [fields] = useAllFormFields()
  const isModified = useFormModified()
  const place = useRef<HTMLSpanElement>(null)
  useLayoutEffect(() => {
    const within = place.current
    if (!isModified || !within) return
    const data = reduceFieldsToValues(fields, true) as Data
    keep({ editor, within, data })
    // An answer of the server about the words before puts those back.
    return editor.registerMutationListener(BlockNode, () => keep({ editor, within, data }), {
      skipInitialization: true,
    })
  }, [editor, fields, isModified])
  return <span hidden ref={place} />
}

/** By its place and not by its id: a block that was copied has the id of the other one. */
function keep({ editor, within, data }: { editor: LexicalEditor; within: HTMLElement; data: Data }): void {
  editor.update(
    () => {
      const node = $getNearestNodeFromDOMNode(within)
      if (!$isBlockNode(node)) return
      const held = node.getFields()
      const isSame = Object.entries(data).every(([name, value]) => dequal(held[name] ?? null, value ?? null))
      if (!isSame) node.setFields({ ...held, ...data }, true)
    },
    // The cursor stays in the block, and undoing in the text takes nothing out of a block.
    { tag: [SKIP_DOM_SELECTION_TAG, HISTORIC_TAG] },
  )
}
