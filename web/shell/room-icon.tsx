import {
  IconActivity,
  IconBulb,
  IconChartSankey,
  IconFileImport,
  IconFilter,
  IconFlag,
  IconListCheck,
  IconMoodSmile,
  IconNews,
  IconPackage,
  IconRoute,
  IconSettings,
  IconTargetArrow,
} from '@tabler/icons-react'
import type { navigation } from './navigation.ts'

type RoomKey = (typeof navigation)[number]['key']

const icons: Record<RoomKey, typeof IconSettings> = {
  today: IconNews,
  map: IconRoute,
  people: IconMoodSmile,
  orders: IconPackage,
  touchpoints: IconTargetArrow,
  segments: IconFilter,
  reports: IconChartSankey,
  decisions: IconBulb,
  reviews: IconListCheck,
  debugger: IconActivity,
  imports: IconFileImport,
  start: IconFlag,
  settings: IconSettings,
}

export function RoomIcon({ of, size }: { of: RoomKey; size: number }) {
  const Icon = icons[of]
  return <Icon size={size} stroke={1.6} />
}
