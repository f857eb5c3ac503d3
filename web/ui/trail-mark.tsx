/** The sign of Tropa: a path from one point to another, on the green of goodwill won. */
export function TrailMark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="9" fill="var(--won)" />
      <path
        d="M8.5 24.5C8.5 17.5 23.5 20.5 23.5 14c0-5-7-4.6-10.4-4.6"
        fill="none"
        stroke="var(--on-won)"
        strokeWidth="2.6"
        strokeLinecap="round"
      />
      <circle cx="8.5" cy="24.5" r="2.6" fill="var(--on-won)" />
      <circle cx="11.8" cy="9.4" r="3.1" fill="var(--won)" stroke="var(--on-won)" strokeWidth="2.4" />
    </svg>
  )
}
