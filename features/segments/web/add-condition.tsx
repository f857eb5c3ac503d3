import { Select } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../contract.ts'
import { NEW_CONDITIONS } from './examples.ts'
import classes from './segments.module.css'
import { useChosenNames } from './use-names.ts'

const SEGMENT = 'segment:'

/** Finds a condition by a word: «чат», «опозд», «Instagram»; also the shop's other segments. */
export function AddCondition({
  own,
  onAdd,
}: {
  own: number | undefined
  onAdd: (condition: Condition) => void
}) {
  const { t } = useTranslation('segments')
  const names = useChosenNames()
  const [typed, setTyped] = useState('')
  const groups = Object.entries(NEW_CONDITIONS).map(([group, conditions]) => ({
    group: t(`adding.${group}` as 'title'),
    items: Object.keys(conditions).map((key) => ({
      value: `${group}:${key}`,
      label: t(`begin.${key}` as 'title'),
    })),
  }))
  const segments = names.segments
    .filter(({ value }) => value !== String(own))
    .map(({ value, label }) => ({ value: SEGMENT + value, label: t('begin.segment', { name: label }) }))
  const choose = (value: string | null) => {
    if (value === null) return
    const condition = readChoice(value)
    if (condition) onAdd(condition)
    // The field is empty again, and the hand still on it: for the next condition.
    setTyped('')
  }
  return (
    <Select
      aria-label={t('adding.label')}
      placeholder={t('adding.label')}
      className={classes.add}
      leftSection={<IconPlus size={17} stroke={1.7} />}
      data={segments.length > 0 ? [...groups, { group: t('adding.segments'), items: segments }] : groups}
      searchable
      value={null}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('adding.nothing')}
      maxDropdownHeight={380}
      onChange={choose}
    />
  )
}

function readChoice(value: string): Condition | undefined {
  if (value.startsWith(SEGMENT)) return { about: 'segment', segment: Number(value.slice(SEGMENT.length)) }
  const [group = '', key = ''] = value.split(':')
  const conditions = NEW_CONDITIONS as unknown as Record<string, Record<string, Condition>>
  return conditions[group]?.[key]
}
