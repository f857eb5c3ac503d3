import { useTranslation } from 'react-i18next'
import type { Tone } from '../../../web/ui/tone.ts'
import type { ReachCheck, ReachOutcome } from '../contract.ts'
import type { BrowserOutcome } from './ask-from-browser.ts'
import { Notice } from './notice.tsx'
import classes from './reach-station.module.css'

const serverTones: Partial<Record<ReachOutcome, Tone>> = {
  good: 'won',
  plain: 'even',
  local: 'even',
  private: 'even',
}

const browserTones: Record<BrowserOutcome, Tone> = {
  good: 'won',
  blocked: 'lost',
  stranger: 'lost',
  nothing: 'lost',
}

type ReachVerdictsProps = { check: ReachCheck; browser: BrowserOutcome | undefined }

/** What each side saw, and what to do about it. */
export function ReachVerdicts({ check, browser }: ReachVerdictsProps) {
  const { t } = useTranslation('guide')
  const { host, addresses, detail, outcome, notes } = check.server
  const values = { host, url: check.publicUrl, detail, addresses: addresses.join(', ') }
  // Many routers don't let a server come back in by its own outer address.
  const isHairpin = browser === 'good' && ['closed', 'silent', 'no_route'].includes(outcome)
  return (
    <div className={classes.verdicts}>
      {browser && (
        <Notice tone={browserTones[browser]} title={t(`browser.${browser}`, values)}>
          {browser !== 'good' && t(`browserMend.${browser}`, values)}
        </Notice>
      )}
      <Notice
        tone={isHairpin ? 'even' : (serverTones[outcome] ?? 'lost')}
        title={t(`server.${outcome}`, values)}
      >
        {isHairpin ? t('reach.hairpin') : outcome !== 'good' && <p>{t(`serverMend.${outcome}`, values)}</p>}
      </Notice>
      {notes.map((note) => (
        <Notice key={note} tone="even" title={t(`note.${note}`)}>
          {t(`noteMend.${note}`)}
        </Notice>
      ))}
    </div>
  )
}
