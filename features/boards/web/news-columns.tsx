import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { chooseNews, type News, SLOTS, type Slot } from './news.ts'
import { StoryText } from './story-text.tsx'
import classes from './today.module.css'
import { useAlarmNews, useDriverNews, useDueNews, useMapNews, useVerdictNews } from './use-news.ts'

const tones = { better: 'won', worse: 'lost', next: 'next' } as const

/** Three columns: what went better, what went worse, what to do next. */
export function NewsColumns() {
  const { t } = useTranslation('boards')
  const map = useMapNews()
  const drivers = useDriverNews()
  const verdicts = useVerdictNews()
  const changes = useAlarmNews()
  const due = useDueNews()
  const news = chooseNews({ map: map.source, drivers: drivers.sources, verdicts, changes, due })
  const retry = () => {
    map.retry()
    drivers.retry()
  }
  return (
    <section className={classes.news} aria-label={t('today.news')}>
      {SLOTS.map((slot) => (
        <Column key={slot} slot={slot} news={news[slot]} retry={retry} />
      ))}
    </section>
  )
}

function Column({ slot, news, retry }: { slot: Slot; news: News; retry: () => void }) {
  const { t } = useTranslation('boards')
  const [lead, ...small] = news.stories
  return (
    <div
      className={classes.column}
      data-tone={lead ? tones[slot] : 'quiet'}
      aria-busy={news.status === 'loading'}
    >
      <h2 className={classes.kicker}>{t(`today.${slot}`)}</h2>
      {news.status === 'loading' && <Waiting />}
      {news.status === 'failed' && (
        <p className={classes.quiet}>
          {t('today.unread')}{' '}
          <PlainButton className={classes.again} onClick={retry}>
            {t('today.again')}
          </PlainButton>
        </p>
      )}
      {news.status === 'ready' && !lead && <p className={classes.quiet}>{t(`today.quiet.${slot}`)}</p>}
      {lead && <StoryText story={lead} isLead />}
      {small.map((story, place) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: chosen anew as a whole
        <StoryText key={place} story={story} />
      ))}
    </div>
  )
}

/** Lines where the sentence will stand, so that nothing jumps when it comes. */
function Waiting() {
  const { t } = useTranslation('boards')
  return (
    <div className={classes.waiting}>
      <span className="only-spoken" role="status">
        {t('today.reading')}
      </span>
      <span style={{ width: '94%' }} />
      <span style={{ width: '86%' }} />
      <span style={{ width: '58%' }} />
    </div>
  )
}
