import { Badge } from '../../../web/ui/badge.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { CareWay } from '../vocabulary.ts'
import classes from './channel-mix.module.css'

/** The ways of care of a combination, in words. */
export function WayBadges({ ways, isOthers = false }: { ways: readonly CareWay[]; isOthers?: boolean }) {
  const { t } = useTranslation('channel-mix')
  if (ways.length === 0) return <span data-quiet>{t(isOthers ? 'mixes.others' : 'mixes.none')}</span>
  return (
    <span className={classes.ways}>
      {ways.map((way) => (
        <Badge key={way}>{t(`way.${way}`)}</Badge>
      ))}
    </span>
  )
}
