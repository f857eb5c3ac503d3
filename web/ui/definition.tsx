import { IconInfoCircle } from '@tabler/icons-react'
import { lazy, type ReactNode, Suspense } from 'react'
import { useTranslation } from '../use-translation.ts'
import classes from './definition.module.css'
import { useOnDemand } from './on-demand.ts'
import { PlainButton } from './plain-button.tsx'

const load = () => import('./definition-note.tsx')
const DefinitionNote = lazy(() => load().then(({ DefinitionNote }) => ({ default: DefinitionNote })))

/** What a term means and how it is counted, one click away from the term. */
export function Definition({ term, children }: { term: string; children: ReactNode }) {
  const { t } = useTranslation('ui')
  const { isWanted, reach } = useOnDemand(load)
  const label = t('definition', { term })
  const button = (
    <PlainButton className={classes.button} aria-label={label} aria-haspopup="dialog" {...reach}>
      <IconInfoCircle size={16} stroke={1.7} />
    </PlainButton>
  )
  if (!isWanted) return button
  return (
    <Suspense fallback={button}>
      <DefinitionNote term={term} label={label}>
        {children}
      </DefinitionNote>
    </Suspense>
  )
}
