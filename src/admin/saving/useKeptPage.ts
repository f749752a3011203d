import { useEffect } from 'react'

/** While a text is not saved, nobody leaves the page without having been asked. */
export function useKeptPage({ isUnsaved, question }: { isUnsaved: boolean; question: string }): void {
  useEffect(() => {
    if (!isUnsaved) return
    const askBrowser = (event: BeforeUnloadEvent) => event.preventDefault()
    const ask = (event: MouseEvent) => {
      const link = event.target instanceof Element ? event.target.closest('a') : null
      if (!link || link.target === '_blank' || window.confirm(question)) return
      event.preventDefault()
      event.stopPropagation()
    }
    window.addEventListener('beforeunload', askBrowser)
    document.addEventListener('click', ask, { capture: true })
    return () => {
      window.removeEventListener('beforeunload', askBrowser)
      document.removeEventListener('click', ask, { capture: true })
    }
  }, [isUnsaved, question])
}
