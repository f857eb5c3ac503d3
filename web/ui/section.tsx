import { type ReactNode, useId } from 'react'
import classes from './section.module.css'

export type SectionProps = {
  title?: string
  /** One sentence that says what the section is for. */
  hint?: ReactNode
  actions?: ReactNode
  /** Lets a table or a picture reach the edges of the card. */
  flush?: boolean
  children: ReactNode
}

/** A card with a heading: the unit from which pages are put together. */
export function Section({ title, hint, actions, flush = false, children }: SectionProps) {
  const id = useId()
  const hasHead = title || hint || actions
  return (
    <section className={classes.section} aria-labelledby={title ? id : undefined}>
      {hasHead && (
        <div className={classes.head}>
          <div className={classes.words}>
            {title && <h2 id={id}>{title}</h2>}
            {hint && <p className={classes.hint}>{hint}</p>}
          </div>
          {actions && <div className={classes.actions}>{actions}</div>}
        </div>
      )}
      <div className={flush ? undefined : classes.body}>{children}</div>
    </section>
  )
}
