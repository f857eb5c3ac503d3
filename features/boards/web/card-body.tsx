import { CatchBoundary } from '@tanstack/react-router'
import { Suspense } from 'react'
import { useTranslation } from '../../../web/use-translation.ts'
import type { BoardCard } from '../contract.ts'
import classes from './boards.module.css'
import { cardKinds } from './card-kinds.ts'
import { CardWaiting } from './card-waiting.tsx'
import { parseSearch } from './link-to.ts'

/** What a report says in a few strokes. One that breaks doesn't take the board down. */
export function CardBody({ card }: { card: BoardCard }) {
  const { t } = useTranslation('boards')
  const Kind = cardKinds[card.path]
  if (!Kind) return <p className={classes.note}>{t('card.unknown')}</p>
  return (
    <CatchBoundary getResetKey={() => card.search} errorComponent={Broken}>
      <Suspense fallback={<CardWaiting />}>
        <Kind search={parseSearch(card.search)} />
      </Suspense>
    </CatchBoundary>
  )
}

function Broken() {
  const { t } = useTranslation('boards')
  return <p className={classes.note}>{t('card.failed')}</p>
}
