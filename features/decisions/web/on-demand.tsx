import { Skeleton } from '@mantine/core'
import { type ComponentProps, lazy, Suspense } from 'react'

/**
 * What other rooms show only now and then, fetched when they do: the map, which marks decisions on its curve, would else
 * wait for forms and verdicts that most visits never open.
 */
const LazyDialog = lazy(() =>
  import('./decision-dialog.tsx').then(({ DecisionDialog }) => ({ default: DecisionDialog })),
)
const LazyBadge = lazy(() =>
  import('./verdict-part.tsx').then(({ VerdictBadge }) => ({ default: VerdictBadge })),
)

/** Writes a decision down, or changes one. */
export function DecisionDialog(props: ComponentProps<typeof LazyDialog>) {
  return (
    <Suspense fallback={null}>
      <LazyDialog {...props} />
    </Suspense>
  )
}

/** The verdict in one word, for lists of other rooms. */
export function VerdictBadge(props: ComponentProps<typeof LazyBadge>) {
  return (
    <Suspense fallback={<Skeleton width={90} height={20} radius="xl" />}>
      <LazyBadge {...props} />
    </Suspense>
  )
}
