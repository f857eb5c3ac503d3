import { lazy, Suspense } from 'react'
import { useSession } from '../session.ts'
import { useOnDemand } from '../ui/on-demand.ts'
import { PlainButton } from '../ui/plain-button.tsx'
import { useTranslation } from '../use-translation.ts'
import { initialsOf } from './initials.ts'
import classes from './member-menu.module.css'

const load = () => import('./member-card.tsx')
const MemberCard = lazy(() => load().then(({ MemberCard }) => ({ default: MemberCard })))

/** The member's own corner: who is signed in, language, theme, the way out. */
export function MemberMenu() {
  const { t } = useTranslation('shell')
  const { member } = useSession()
  const { isWanted, reach } = useOnDemand(load)
  const face = (
    <>
      {initialsOf(member.name || member.email)}
      <span className="only-spoken"> {t('member', { name: member.name })}</span>
    </>
  )
  const closed = (
    <PlainButton className={classes.face} aria-haspopup="dialog" {...reach}>
      {face}
    </PlainButton>
  )
  if (!isWanted) return closed
  return (
    <Suspense fallback={closed}>
      <MemberCard face={face} />
    </Suspense>
  )
}
