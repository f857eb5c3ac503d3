import { useId } from 'react'
import { CopyButton } from './copy-button.tsx'
import classes from './copy-field.module.css'

/** A value meant to be taken elsewhere: a key, an address. A click selects it whole. */
export function CopyField({ label, value }: { label: string; value: string }) {
  const id = useId()
  return (
    <div className={classes.whole}>
      <label htmlFor={id} className={classes.label}>
        {label}
      </label>
      <div className={classes.field}>
        <input
          id={id}
          readOnly
          value={value}
          className={classes.value}
          onFocus={(event) => event.target.select()}
        />
        <CopyButton text={value} />
      </div>
    </div>
  )
}
