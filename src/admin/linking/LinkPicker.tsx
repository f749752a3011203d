'use client'

import { useEffect, useId, useRef, useState } from 'react'
import type { Article } from '../../payload-types.ts'
import { readUrl } from '../../rich-text/urls/readUrl.ts'
import { useAdminText } from '../text/useAdminText.ts'
import './linking.css'
import { useFoundArticles } from './useFoundArticles.ts'

export type PickedLink =
  | { kind: 'article'; id: Article['id']; text: string }
  | { kind: 'address'; url: string; text: string }
  | { kind: 'none' }

interface Option {
  key: string
  label: string
  /** Beside it: where an article is, and whether readers reach it. */
  about: string
  isDraft: boolean
  picked: PickedLink
}

/** Over the text: a field for an address or some words of a title, and what they may mean. Null: nothing was picked. */
export function LinkPicker({
  isLink,
  onClose,
}: {
  isLink: boolean
  onClose: (picked: PickedLink | null) => void
}) {
  const { text } = useAdminText()
  const words = text.linking
  const [written, setWritten] = useState('')
  const [at, setAt] = useState(0)
  const { options, isFailed, isSettled } = useOptions({ written, isLink })
  const ids = { field: useId(), list: useId() }
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (!dialog.current?.open) dialog.current?.showModal()
  }, [])
  const current = Math.min(at, options.length - 1)
  const optionId = (index: number) => `${ids.list}-${index}`
  const pick = () => {
    const option = options[current]
    if (option) onClose(option.picked)
  }
  const move = (by: number) => {
    const next = options.length === 0 ? 0 : (current + by + options.length) % options.length
    setAt(next)
    document.getElementById(optionId(next))?.scrollIntoView({ block: 'nearest' })
  }
  return (
    <dialog
      ref={dialog}
      className="link-picker"
      aria-label={words.heading}
      onCancel={(event) => {
        event.preventDefault()
        onClose(null)
      }}
      // On what is behind it.
      onClick={({ target }) => target === dialog.current && onClose(null)}
    >
      <label htmlFor={ids.field}>{words.field}</label>
      <input
        id={ids.field}
        type="text"
        role="combobox"
        autoComplete="off"
        spellCheck={false}
        maxLength={1_000}
        aria-autocomplete="list"
        aria-expanded={options.length > 0}
        aria-controls={ids.list}
        aria-activedescendant={options.length > 0 ? optionId(current) : undefined}
        value={written}
        onChange={({ target }) => {
          setWritten(target.value)
          setAt(0)
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') move(1)
          else if (event.key === 'ArrowUp') move(-1)
          else if (event.key === 'Enter') pick()
          else return
          event.preventDefault()
        }}
      />
      <ul id={ids.list} role="listbox" aria-label={words.found}>
        {options.map(({ key, label, about, isDraft, picked }, index) => (
          <li
            key={key}
            id={optionId(index)}
            role="option"
            aria-selected={index === current}
            onClick={() => onClose(picked)}
            onPointerMove={() => setAt(index)}
          >
            <span>{label}</span>
            <span className="link-picker__about">
              {isDraft && <em>{words.draft}</em>} {about}
            </span>
          </li>
        ))}
      </ul>
      <p role="status">
        {isFailed && words.failed}
        {isSettled && options.length === 0 && words.nothing}
      </p>
    </dialog>
  )
}

/** The last answer stays until the next one: Return must not pick what the words are not of. */
const hasWords =
  (written: string) =>
  ({ title }: { title: string }): boolean =>
    title.toLowerCase().includes(written.trim().toLowerCase())

function useOptions({ written, isLink }: { written: string; isLink: boolean }): {
  options: Option[]
  isFailed: boolean
  isSettled: boolean
} {
  const { text } = useAdminText()
  const words = text.linking
  const { articles, isSettled, isFailed } = useFoundArticles(written.trim())
  const read = written.trim() === '' ? null : readUrl(written)
  const address: Option[] =
    read?.kind === 'url'
      ? [
          {
            ...{ key: 'address', label: words.toAddress(read.url), about: '', isDraft: false },
            picked: { kind: 'address', url: read.url, text: written.trim() },
          },
        ]
      : []
  const found = articles.filter(hasWords(written)).map(({ id, title, slug, isPublic }): Option => ({
    ...{ key: `article ${id}`, label: title, about: slug ? `/${slug}` : '', isDraft: !isPublic },
    picked: { kind: 'article', id, text: title },
  }))
  const none: Option[] =
    isLink && written === ''
      ? [{ key: 'none', label: words.remove, about: '', isDraft: false, picked: { kind: 'none' } }]
      : []
  // Words are looked for; what has a scheme or a path is an address.
  const isAddress = /^\S+[.:/@]\S+$/.test(written.trim())
  return {
    // A word may be a path too: when nothing is called so.
    options: isAddress ? [...address, ...found] : [...none, ...found, ...(isSettled ? address : [])],
    isFailed,
    isSettled,
  }
}
