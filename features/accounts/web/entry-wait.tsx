import { Skeleton } from '@mantine/core'
import forms from './forms.module.css'

/** While it is asked what a link is good for. */
export function EntryWait() {
  return (
    <div className={forms.form} aria-busy="true">
      <Skeleton height={34} width="70%" radius="md" />
      <Skeleton height={18} radius="md" />
      <Skeleton height={44} radius="md" />
      <Skeleton height={44} radius="md" />
    </div>
  )
}
