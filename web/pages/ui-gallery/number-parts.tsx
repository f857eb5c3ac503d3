import { Badge } from '../../ui/badge.tsx'
import { ChannelBadge } from '../../ui/channel-badge.tsx'
import { DateTime, DayText } from '../../ui/date-time.tsx'
import { KeyHint } from '../../ui/key-hint.tsx'
import { Money, Num, Percent } from '../../ui/numbers.tsx'
import { Section } from '../../ui/section.tsx'
import { Stat, Stats } from '../../ui/stat.tsx'
import type { Samples } from './samples.ts'
import classes from './ui-gallery.module.css'

const minuteMs = 60_000

export function NumberParts({ words }: { words: Samples }) {
  return (
    <>
      <Stats>
        <Stat
          label={words.stats.orders}
          value={<Money amount={142860281} currency="UAH" />}
          note={words.note}
        />
        <Stat
          label={words.stats.bought}
          value={<Percent value={0.914} low={0.897} high={0.928} digits={1} />}
          definition={words.definition}
          tone="won"
        />
        <Stat
          label={words.stats.late}
          value={<Num value={-9.4} low={-11.2} high={-7.6} digits={1} signed />}
          tone="lost"
        />
        <Stat label={words.stats.attitude} value={<Num value={null} />} />
      </Stats>
      <Section title="Num · Percent · Money · DateTime · DayText" hint={words.period}>
        <div className={classes.row}>
          <Num value={18412} /> <Num value={6.1} digits={1} signed low={3.8} high={8.4} />
          <Num value={-31} signed /> <Num value={1284000} compact digits={1} />
          <Percent value={0.28} /> <Percent value={-0.034} digits={1} signed />
          <Money amount={-41200050} currency="UAH" exact /> <Money amount={1250} currency="KWD" />
          <Money amount={980000} currency="JPY" />
          <DateTime at={Date.now() - 4 * minuteMs} />
          <DateTime at={Date.now() - 26 * 60 * minuteMs} />
          <DateTime at="2026-08-24T09:15:00Z" show="date-time" />
          <DateTime at={null} />
          <DayText day="2026-11-18" />
        </div>
      </Section>
      <Section title="Badge · ChannelBadge · KeyHint">
        <div className={classes.row}>
          <Badge tone="won">{words.badges.won}</Badge>
          <Badge tone="lost">{words.badges.lost}</Badge>
          <Badge tone="even">{words.badges.even}</Badge>
          <Badge>{words.badges.quiet}</Badge>
          <ChannelBadge channel="price_comparison" />
          <ChannelBadge channel="carrier_pigeon" />
          <KeyHint>/</KeyHint>
        </div>
      </Section>
    </>
  )
}
