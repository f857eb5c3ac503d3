import { Button } from '@mantine/core'
import { IconCalendar, IconGitCompare, IconUsers } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useOnDemand } from '../../../web/ui/on-demand.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import {
  buttonProps,
  type ChooserButton,
  type ChooserMenu,
  comparedSegment,
  usePeriodName,
} from './chooser-button.tsx'
import type { MapView } from './map-view.ts'

/** Whose path, when, and compared with what. */
export function Choosers({ view }: { view: MapView }) {
  return (
    <>
      <SegmentChooser view={view} />
      <PeriodChooser view={view} />
      <CompareChooser view={view} />
    </>
  )
}

const load = () => import('./chooser-menus.tsx')
const SegmentMenu = lazy(() => load().then(({ SegmentMenu }) => ({ default: SegmentMenu })))
const PeriodMenu = lazy(() => load().then(({ PeriodMenu }) => ({ default: PeriodMenu })))
const CompareMenu = lazy(() => load().then(({ CompareMenu }) => ({ default: CompareMenu })))

function Chooser({ Menu, view, button }: { Menu: ChooserMenu; view: MapView; button: ChooserButton }) {
  const { isWanted, reach } = useOnDemand(load)
  const closed = <Button {...buttonProps(button)} aria-haspopup="menu" {...reach} />
  if (!isWanted) return closed
  return (
    <Suspense fallback={closed}>
      <Menu view={view} button={button} />
    </Suspense>
  )
}

export function PeriodChooser({ view }: { view: MapView }) {
  const { t } = useTranslation('journeys')
  const icon = <IconCalendar size={16} stroke={1.7} />
  const button = { label: t('period.label'), value: usePeriodName()(view.search), icon }
  return <Chooser Menu={PeriodMenu} view={view} button={button} />
}

export function SegmentChooser({ view }: { view: MapView }) {
  const { t } = useTranslation('journeys')
  const value = view.names.segment(view.search.segment ?? 'all')
  const button = { label: t('segment.label'), value, icon: <IconUsers size={16} stroke={1.7} /> }
  return <Chooser Menu={SegmentMenu} view={view} button={button} />
}

function CompareChooser({ view }: { view: MapView }) {
  const { t } = useTranslation('journeys')
  const { search, names } = view
  const segment = comparedSegment(search)
  const value = segment
    ? t('compare.with', { segment: names.segment(segment) })
    : t(search.compare === 'previous' ? 'journeys:compare.previous' : 'journeys:compare.none')
  const button = { label: t('compare.label'), value, icon: <IconGitCompare size={16} stroke={1.7} /> }
  return <Chooser Menu={CompareMenu} view={view} button={button} />
}
