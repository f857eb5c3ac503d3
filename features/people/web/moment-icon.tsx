import {
  IconArrowBackUp,
  IconBuildingStore,
  IconCalendarEvent,
  IconCheck,
  IconCircleX,
  IconClick,
  IconCreditCard,
  IconGift,
  IconHeart,
  IconHome,
  IconMail,
  IconMessage,
  IconPackage,
  IconPhone,
  IconPoint,
  IconShoppingBag,
  IconTruck,
  IconUserCheck,
  IconUsers,
  IconWorld,
} from '@tabler/icons-react'
import type { ReactNode } from 'react'
import type { PathItem } from '../contract.ts'

/** By room and kind, `…_late` as without. */
const byKind: Record<string, ReactNode> = {
  'people visit': <IconWorld />,
  'people recognised': <IconUserCheck />,
  'people merged': <IconUsers />,
  'orders placed': <IconShoppingBag />,
  'orders confirmed': <IconCheck />,
  'orders paid': <IconCreditCard />,
  'orders packed': <IconGift />,
  'orders shipped': <IconTruck />,
  'orders arrived': <IconPackage />,
  'orders received': <IconHome />,
  'orders refused': <IconCircleX />,
  'orders returned': <IconArrowBackUp />,
  'orders cancelled': <IconCircleX />,
  'orders promised': <IconCalendarEvent />,
  'orders promise_moved': <IconCalendarEvent />,
}

const byEvent: Record<string, ReactNode> = {
  'Feedback Given': <IconHeart />,
  'Parcel Opened': <IconPackage />,
  'Promise Made': <IconCalendarEvent />,
  'Store Visited': <IconBuildingStore />,
}

const byChannel: Record<string, ReactNode> = {
  phone: <IconPhone />,
  callback: <IconPhone />,
  email: <IconMail />,
  chat: <IconMessage />,
  messenger: <IconMessage />,
  assistant: <IconMessage />,
  sms: <IconMessage />,
  store: <IconBuildingStore />,
  site: <IconClick />,
}

/** The sign of a moment on the path; a plain point for what has none. */
export function momentIcon({ room, kind, values, channel }: PathItem): ReactNode {
  const name = kind.replace(/^timeline\./, '').replace(/_late$/, '')
  return (
    byKind[`${room} ${name}`] ?? byEvent[String(values.name)] ?? byChannel[channel ?? ''] ?? <IconPoint />
  )
}
