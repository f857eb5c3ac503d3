import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import type { SeenAlarm } from '../contract.ts'
import classes from './changes.module.css'
import { useChangeWords } from './use-change-words.ts'

const SHOWN = 4

/** What else changed by the same cause, largest first. */
export function AlarmFacets({ alarm: { facets } }: { alarm: SeenAlarm }) {
  const { t } = useTranslation('changes')
  const { headline, write } = useChangeWords()
  const [isOpen, setOpen] = useState(false)
  if (facets.length === 0) return null
  const shown = isOpen ? facets : facets.slice(0, SHOWN)
  const rest = facets.length - shown.length
  return (
    <div className={classes.facets}>
      <h4>{t('facets')}</h4>
      <ul>
        {shown.map((one) => (
          <li key={`${one.metric} ${one.place} ${one.audience}`}>
            {headline(one)}{' '}
            <span className={classes.figures}>
              {write(one.metric, one.before, one.unit)} → {write(one.metric, one.after, one.unit)}
            </span>
          </li>
        ))}
      </ul>
      {rest > 0 && (
        <PlainButton className={classes.more} onClick={() => setOpen(true)}>
          {t('facetsMore', { count: rest })}
        </PlainButton>
      )}
    </div>
  )
}
