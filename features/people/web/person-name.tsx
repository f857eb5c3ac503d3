import type { PersonListItem } from '../contract.ts'
import { PersonMark } from './person-mark.tsx'
import classes from './person-name.module.css'

/** A person in a line: the mark, the name, and the contacts that are not the name. */
export function PersonName({ person, label }: { person: PersonListItem; label: string }) {
  const contacts = [person.email, person.phone].filter((contact) => contact !== '' && contact !== label)
  return (
    <span className={classes.person}>
      <PersonMark name={person.label} />
      <span className={classes.words}>
        <span data-quiet={person.isKnown ? undefined : true}>{label}</span>
        {contacts.length > 0 && <small className={classes.contacts}>{contacts.join(' · ')}</small>}
      </span>
    </span>
  )
}
