import { IconChevronDown } from '@tabler/icons-react'
import type { ComponentType, ReactNode } from 'react'
import { formatDay, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { DEFAULT_PERIOD, type MapSearch } from './map-search.ts'
import type { MapView } from './map-view.ts'

/** The button of a chooser, the same before and after its menu has come. */
export type ChooserButton = { label: string; value: string; icon: ReactNode }
export type ChooserMenu = ComponentType<{ view: MapView; button: ChooserButton }>

export const buttonProps = ({ label, value, icon }: ChooserButton) =>
  ({
    variant: 'default',
    size: 'sm',
    leftSection: icon,
    rightSection: <IconChevronDown size={14} stroke={2} />,
    'aria-label': `${label}: ${value}`,
    // A shop's own segment may be called by a whole sentence.
    maw: 'min(300px, 100%)',
    styles: {
      // Buttons trim the box of their words to the letters, which would cut what hangs below the line.
      label: {
        display: 'block',
        height: 'auto',
        lineHeight: 1.5,
        textBox: 'normal',
        textOverflow: 'ellipsis',
      },
    },
    children: value,
  }) as const

/** «90 дней», «Этот месяц», or the days of an own range. */
export function usePeriodName(): (search: MapSearch) => string {
  const { t } = useTranslation('journeys')
  const locale = useLocale()
  return ({ from, to, period = DEFAULT_PERIOD }) => {
    if (from && to) return `${formatDay(from, locale)} – ${formatDay(to, locale)}`
    return typeof period === 'number' ? t('period.days', { count: period }) : t(`period.${period}`)
  }
}

/** The segment that the map is compared with, when it isn't a period. */
export const comparedSegment = ({ compare }: MapSearch): string | undefined =>
  compare?.startsWith('segment:') ? compare.slice('segment:'.length) : undefined
