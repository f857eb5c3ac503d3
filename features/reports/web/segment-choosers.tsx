import { Select } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useState } from 'react'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Choice } from './chooser.tsx'
import type { QuestionProps } from './period-chooser.tsx'
import { useSegment, useSegments } from './use-segments.ts'

const ALL = 'all'
const PREVIOUS = 'previous'

/** Whom the report is about. */
export function SegmentChooser({ search, change }: QuestionProps) {
  const { t } = useTranslation('reports')
  const { segment } = search
  return (
    <Finder
      label={t('segment.label')}
      fixed={[{ value: ALL, label: t('segment.all') }]}
      chosen={segment}
      value={segment === undefined ? ALL : String(segment)}
      onChoose={(value) => {
        const next = value === ALL ? undefined : Number(value)
        // A segment isn't compared with itself.
        const isSame = search.compare === `segment:${next}`
        change({ segment: next, ...(isSame && { compare: undefined }) })
      }}
    />
  )
}

/** What the report is compared with: nothing, the period before, or another segment. */
export function CompareChooser({ search, change }: QuestionProps) {
  const { t } = useTranslation('reports')
  const { compare, segment } = search
  const other = compare?.startsWith('segment:') ? Number(compare.slice('segment:'.length)) : undefined
  const fixed = [
    { value: ALL, label: t('compare.none') },
    { value: PREVIOUS, label: t('compare.previous') },
  ]
  return (
    <Finder
      label={t('compare.label')}
      fixed={fixed}
      chosen={other}
      without={segment}
      value={other === undefined ? (compare ?? ALL) : String(other)}
      onChoose={(value) =>
        change({ compare: value === ALL ? undefined : value === PREVIOUS ? PREVIOUS : `segment:${value}` })
      }
    />
  )
}

type FinderProps = {
  label: string
  fixed: Choice[]
  chosen: number | undefined
  without?: number
  value: string
  onChoose: (value: string) => void
}

/** The fixed answers, then the saved segments; typing finds one of many. */
function Finder({ label, fixed, chosen, without, value, onChoose }: FinderProps) {
  const { t } = useTranslation('reports')
  const [typed, setTyped] = useState('')
  const own = useSegment(chosen)
  const isTyping = typed !== '' && typed !== own?.name && !fixed.some((one) => one.label === typed)
  const [q] = useDebouncedValue(isTyping ? typed.trim() : '', 250)
  const found = useSegments(q).filter(({ id }) => id !== without)
  const listed = own && !found.some(({ id }) => id === own.id) ? [own, ...found] : found
  const segments = listed.map(({ id, name }) => ({ value: String(id), label: name }))
  // Not known yet, or deleted since the link was made.
  if (chosen !== undefined && !own) segments.unshift({ value: String(chosen), label: t('segment.unknown') })
  return (
    <Select
      size="sm"
      label={label}
      value={value}
      data={[...fixed, ...(segments.length > 0 ? [{ group: t('segment.saved'), items: segments }] : [])]}
      searchable={found.length >= 8 || isTyping}
      // The server has searched already, in notes too.
      filter={isTyping && q !== '' ? ({ options }) => options : undefined}
      onSearchChange={setTyped}
      nothingFoundMessage={t('segment.none')}
      allowDeselect={false}
      maxDropdownHeight={320}
      onChange={(one) => one !== null && onChoose(one)}
    />
  )
}
