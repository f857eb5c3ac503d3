import { IconArrowUpRight, IconBulb, IconTrendingDown } from '@tabler/icons-react'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { JourneyMap, Sentence } from '../contract.ts'
import type { MapView } from './map-view.ts'
import { SentenceText } from './sentence-text.tsx'
import classes from './sentences.module.css'

const kinds = [
  { kind: 'better', Icon: IconArrowUpRight, tone: 'won' },
  { kind: 'worse', Icon: IconTrendingDown, tone: 'lost' },
  { kind: 'next', Icon: IconBulb, tone: 'next' },
] as const

/** What the picture means, in three sentences. None is shown that the figures don't support; then it says so. */
export function Sentences({ sentences, view }: { sentences: JourneyMap['sentences']; view: MapView }) {
  const { t } = useTranslation('journeys')
  return (
    <section className={classes.three} aria-label={t('sentence.all')}>
      {kinds.map(({ kind, Icon, tone }) => (
        <div key={kind} className={classes.one} data-tone={sentences[kind] ? tone : 'quiet'}>
          <h2 className={classes.label}>
            <Icon size={16} stroke={2} aria-hidden="true" />
            {t(`sentence.${kind}`)}
          </h2>
          <Said sentence={sentences[kind]} view={view} quiet={t(`sentence.none.${kind}`)} />
        </div>
      ))}
    </section>
  )
}

function Said({ sentence, view, quiet }: { sentence: Sentence | null; view: MapView; quiet: string }) {
  const { t } = useTranslation('journeys')
  if (!sentence) return <p className={classes.quiet}>{quiet}</p>
  const { stage, touchpoint } = sentence
  return (
    <>
      <p className={classes.text}>
        <SentenceText sentence={sentence} names={view.names} />
      </p>
      {stage !== null && (
        <PlainButton className={classes.look} onClick={() => view.open(stage, touchpoint ?? undefined)}>
          {t('sentence.look')}
          <span className="only-spoken">: {view.names.stage(stage)}</span>
        </PlainButton>
      )}
    </>
  )
}
