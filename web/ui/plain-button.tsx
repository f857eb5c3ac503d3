import type { ComponentProps } from 'react'

/** A button that looks like nothing until its class says so; `base.css` takes the browser's look away. */
export function PlainButton({ className = '', ...props }: ComponentProps<'button'>) {
  return <button type="button" className={`plain-button ${className}`} {...props} />
}
