import {
  IconBuildingWarehouse,
  IconEye,
  IconMessageCircle,
  IconSearch,
  IconShoppingBag,
  IconStar,
  IconTruckDelivery,
} from '@tabler/icons-react'
import { Section } from '../../ui/section.tsx'
import { Timeline, type TimelineEntry } from '../../ui/timeline.tsx'
import type { Tone } from '../../ui/tone.ts'
import type { Samples } from './samples.ts'

const looks = [
  [IconStar, 'lost', 'parcel'],
  [IconBuildingWarehouse, 'lost', 'delivery'],
  [IconMessageCircle, 'won', 'chat'],
  [IconTruckDelivery, 'quiet', 'delivery'],
  [IconShoppingBag, 'won', 'site'],
  [IconEye, 'quiet', 'site'],
  [IconSearch, 'even', 'organic_search'],
] as const satisfies [typeof IconStar, Tone, string][]

const lastAt = Date.parse('2026-11-21T16:42:00Z')
const hoursBefore = [0, 3, 27, 70, 94, 94.2, 94.3]

export function PathParts({ words }: { words: Samples }) {
  const entries = words.moments.flatMap(([title, detail, verdict], index): TimelineEntry[] => {
    const [Icon, tone, channel] = looks[index] ?? looks[0]
    const at = lastAt - (hoursBefore[index] ?? 0) * 3_600_000
    return [{ id: String(index), at, icon: <Icon stroke={1.8} />, title, detail, verdict, tone, channel }]
  })
  return (
    <Section title="Timeline" hint={words.timeline}>
      <Timeline label={words.timeline} entries={entries} hasMore onMore={() => undefined} />
    </Section>
  )
}
