import { useRouterState } from '@tanstack/react-router'
import classes from './page-progress.module.css'

/** A thread along the top while a page is on its way. Quick pages never show it: it appears after a moment. */
export function PageProgress() {
  const isPending = useRouterState({ select: (state) => state.status === 'pending' })
  return isPending ? <div className={classes.thread} aria-hidden="true" /> : null
}
