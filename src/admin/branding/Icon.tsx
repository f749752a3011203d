import './branding.css'

/** A letter on its way, in the colour of the text around it. */
export function Icon() {
  return (
    <svg width="22" height="22" viewBox="0 0 24 24" fill="none" stroke="currentColor" aria-hidden="true">
      <path
        d="M8 6.5h12.5v11H8M8 7l6.2 5.2L20.5 7M2 9h4M3.5 12.5H6M2 16h4"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  )
}
