'use client'

import { $isBlockNode, BlockNode } from '@payloadcms/richtext-lexical/client'
import {
  $getRoot,
  HISTORIC_TAG,
  SKIP_DOM_SELECTION_TAG,
  type LexicalEditor,
} from '@payloadcms/richtext-lexical/lexical'
import { useLexicalComposerContext } from '@payloadcms/richtext-lexical/lexical/react/LexicalComposerContext'
import { useAllFormFields, useFormModified } from '@payloadcms/ui'
import { dequal } from 'dequal/lite'
import { reduceFieldsToValues } from 'payload/shared'
import { useLayoutEffect } from 'react'

type Data = Record<string, unknown>

/**
 * In each block of the editor, seen by nobody: what somebody writes in a block is part of the text at once. Payload puts
 * into the text what the server answers about the block. It asks nothing about words that are typed just before another
 * answer comes (`MERGE_SERVER_STATE` in its form): those are shown and never saved. An answer that comes late, or never,
 * takes words back.
 */
export function KeptBlock() {
  const [editor] = useLexicalComposerContext()
  const [fields] = useAllFormFields()
  const isModified = useFormModified()
  useLayoutEffect(() => {
    if (!isModified) return
    const data = reduceFieldsToValues(fields, true) as Data
    keep({ editor, data })
    // An answer of the server about the words before puts those back.
    return editor.registerMutationListener(BlockNode, () => keep({ editor, data }), {
      skipInitialization: true,
    })
  }, [editor, fields, isModified])
  return null
}

function keep({ editor, data }: { editor: LexicalEditor; data: Data }): void {
  editor.update(
    () => {
      const node = $getRoot()
        .getChildren()
        .filter($isBlockNode)
        .find((block) => block.getFields().id === data.id)
      if (!node) return
      const held = node.getFields()
      const isSame = Object.entries(data).every(([name, value]) => dequal(held[name] ?? null, value ?? null))
      if (!isSame) node.setFields({ ...held, ...data }, true)
    },
    // The cursor stays in the block, and undoing in the text takes nothing out of a block.
    { tag: [SKIP_DOM_SELECTION_TAG, HISTORIC_TAG] },
  )
}
