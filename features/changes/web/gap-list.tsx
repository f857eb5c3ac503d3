import type { CSSProperties } from 'react'
import { useTranslation } from 'react-i18next'
import { PlainButton } from '../../../web/ui/plain-button.tsx'
import type { GapAnswer } from '../contract.ts'
import classes from './changes.module.css'
import { useChangeWords } from './use-change-words.ts'
import type { ChangesAddress } from './use-changes.ts'

const style = (values: Record<string, number>) => values as CSSProperties

/** Where a standard is kept clearly less for a part of the customers than for the rest. */
export function GapList({ gaps, address }: { gaps: GapAnswer[]; address: ChangesAddress }) {
  const { t } = useTranslation('changes')
  if (gaps.length === 0) return <p data-quiet>{t('gaps.none')}</p>
  return (
    <ol className={classes.gaps}>
      {gaps.map((gap) => (
        <GapItem key={gap.place} gap={gap} address={address} />
      ))}
    </ol>
  )
}

function GapItem({ gap, address }: { gap: GapAnswer; address: ChangesAddress }) {
  const { t } = useTranslation('changes')
  const { placeName, audienceName, write, points, count } = useChangeWords()
  const others = gap.facets.filter(({ audience }) => audience !== gap.audience)
  const names = [...new Set(others.map(({ audience }) => audienceName(audience)))]
  const open = () => {
    address.open({ place: gap.place, audience: gap.audience })
    document.getElementById('weeks')?.scrollIntoView({ behavior: 'smooth' })
  }
  return (
    <li className={classes.gap}>
      <h3>
        <PlainButton className={classes.gapName} onClick={open}>
          {placeName(gap.place)}: {audienceName(gap.audience)}
        </PlainButton>
      </h3>
      <div className={classes.pair}>
        <Bar name={t('gaps.own')} value={gap.own} text={write('kept', gap.own)} tone="lost" />
        <Bar name={t('gaps.others')} value={gap.others} text={write('kept', gap.others)} tone="even" />
      </div>
      <p>
        {t('gaps.difference', {
          low: points(gap.low),
          high: points(gap.high),
          n: count(gap.n),
          others: count(gap.othersN),
        })}
        {gap.speed &&
          ` ${t(gap.speed.isUpper ? 'gaps.upper' : 'gaps.middle', {
            own: write('speed', gap.speed.own, gap.speed.unit),
            others: write('speed', gap.speed.others, gap.speed.unit),
          })}`}
        {names.length > 0 && ` ${t('gaps.also', { names: names.join(', ') })}`}
      </p>
    </li>
  )
}

type BarProps = { name: string; value: number; text: string; tone: 'lost' | 'even' }

function Bar({ name, value, text, tone }: BarProps) {
  return (
    <div className={classes.bar} data-tone={tone}>
      <span className={classes.barName}>{name}</span>
      <span className={classes.barLine}>
        <span style={style({ '--share': value })} />
      </span>
      <span className="num">{text}</span>
    </div>
  )
}
