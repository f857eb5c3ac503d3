import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import type { MapQuestion, StageWord } from '../contract.ts'
import type { MapView } from './map-view.ts'
import classes from './stage-words.module.css'

type StageWordsProps = { stage: string; question: MapQuestion; view: MapView }

/** The customers' own words at this stage, the latest first. */
export function StageWords({ stage, question: { from, to, segment }, view }: StageWordsProps) {
  const { t } = useTranslation('journeys')
  const { id } = useShop()
  const path = `/shops/${id}/journey-map/stage/${encodeURIComponent(stage)}/words`
  const list = useCursorList<StageWord>(path, { from, to, segment })
  return (
    <Section title={t('stagePage.words.title')}>
      {list.status === 'failed' && <ErrorState error={list.error} onRetry={list.retry} />}
      {list.status === 'loading' && <p data-quiet>{t('stagePage.words.coming')}</p>}
      {list.status === 'ready' && list.items.length === 0 && <p data-quiet>{t('stagePage.words.none')}</p>}
      <ul className={classes.words} aria-busy={list.isOutdated}>
        {list.items.map((word) => (
          <Word key={word.id} word={word} view={view} />
        ))}
      </ul>
      {list.hasMore && (
        <Button variant="default" size="sm" mt="md" loading={list.isLoadingMore} onClick={list.loadMore}>
          {t('stagePage.words.more')}
        </Button>
      )}
      <FormError error={list.moreError} />
    </Section>
  )
}

const toneOf = (said: number | null) =>
  said === null ? 'quiet' : said > 0 ? 'won' : said < 0 ? 'lost' : 'even'

function Word({ word, view }: { word: StageWord; view: MapView }) {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  const { id } = useShop()
  const { text, said, score, touchpoint, person, at } = word
  return (
    <li className={classes.word} data-tone={toneOf(said)}>
      <blockquote>{text}</blockquote>
      <p>
        {score && (
          <b className="num">
            {t('stagePage.words.score', {
              value: formatNumber(score.value, locale, { digits: 1, compact: true }),
              of: formatNumber(score.of, locale),
            })}
          </b>
        )}
        <span>{view.names.touchpoint(touchpoint)}</span>
        <DateTime at={at} />
        <Link to="/s/$shop/people/$person" params={{ shop: String(id), person: person.id }}>
          {person.name ?? t('who.unnamed')}
        </Link>
      </p>
    </li>
  )
}
