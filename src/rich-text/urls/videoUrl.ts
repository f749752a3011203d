/**
 * The address of a video's own page, as YouTube and Vimeo write it; null for every other address. What a page of theirs adds
 * to follow people (`si`, `feature`) is left out, and where to begin stays.
 */
export function videoUrl(written: string): string | null {
  const url = parse(written.trim())
  if (!url || url.username !== '' || url.password !== '' || url.port !== '') return null
  const host = url.hostname.replace(/^(?:www|m|music)\./, '')
  const path = url.pathname.split('/').filter(Boolean)
  switch (host) {
    case 'youtu.be':
      return youTube(path[0], url)
    case 'youtube.com':
    case 'youtube-nocookie.com':
      return ['embed', 'shorts', 'live', 'v'].includes(path[0] ?? '')
        ? youTube(path[1], url)
        : youTube(path[0] === 'watch' ? url.searchParams.get('v') : null, url)
    case 'vimeo.com':
    case 'player.vimeo.com':
      return vimeo(path[0] === 'video' ? path.slice(1) : path, url)
    default:
      return null
  }
}

/** Also without a scheme, as people copy it. */
function parse(text: string): URL | null {
  if (text.length > 500 || /\s/.test(text)) return null
  try {
    const url = new URL(/^[a-z][a-z\d+.-]*:/i.test(text) ? text : `https://${text.replace(/^\/+/, '')}`)
    return /^https?:$/.test(url.protocol) ? url : null
  } catch {
    return null
  }
}

function youTube(id: string | null | undefined, { searchParams }: URL): string | null {
  if (!id || !/^[\w-]{11}$/.test(id)) return null
  const begin = searchParams.get('t') ?? searchParams.get('start') ?? ''
  return `https://www.youtube.com/watch?v=${id}${/^\d{1,6}s?$/.test(begin) ? `&t=${begin}` : ''}`
}

/** A video that is not listed has a second part. */
function vimeo([id, key]: string[], { searchParams }: URL): string | null {
  if (!id || !/^\d{5,12}$/.test(id)) return null
  const hidden = key ?? searchParams.get('h') ?? ''
  return `https://vimeo.com/${id}${/^[\da-f]{6,16}$/.test(hidden) ? `/${hidden}` : ''}`
}
