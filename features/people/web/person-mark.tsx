import { IconUser } from '@tabler/icons-react'
import classes from './person-mark.module.css'

const letters = /\p{L}/u

/** Two letters in a circle instead of a photograph; a shape alone for somebody without a name. */
export function PersonMark({ name, large = false }: { name: string; large?: boolean }) {
  const initials = initialsOf(name)
  return (
    <span
      className={classes.mark}
      data-large={large || undefined}
      data-known={initials !== '' || undefined}
      aria-hidden="true"
    >
      {initials || <IconUser size={large ? 26 : 16} stroke={1.6} />}
    </span>
  )
}

function initialsOf(name: string): string {
  const words = name.split(/[\s._@-]+/).filter((word) => letters.test(word.charAt(0)))
  return words
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join('')
}
