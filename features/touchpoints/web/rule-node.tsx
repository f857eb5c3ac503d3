import { ActionIcon, Button, Select } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Condition, Filter } from '../../../kernel/filter/schema.ts'
import { ConditionEditor } from './condition-editor.tsx'
import classes from './touchpoints.module.css'

type NodeProps = {
  filter: Filter
  onChange: (filter: Filter) => void
  /** Undefined for the outermost group. */
  onRemove: (() => void) | undefined
}

const NEW: Condition = { field: 'path', op: 'starts_with', value: '/' }

/** A condition or a group of them; groups stand in groups. */
export function RuleNode({ filter, onChange, onRemove }: NodeProps) {
  if (typeof filter !== 'object' || filter === null) return null
  if ('field' in filter) return <ConditionEditor condition={filter} onChange={onChange} onRemove={onRemove} />
  return <RuleGroup filter={filter} onChange={onChange} onRemove={onRemove} />
}

type Mode = 'all' | 'any' | 'none'

function RuleGroup({ filter, onChange, onRemove }: NodeProps & { filter: Exclude<Filter, Condition> }) {
  const { t } = useTranslation('touchpoints')
  const { mode, parts } = readGroup(filter)
  const write = (nextMode: Mode, next: Filter[]) => onChange(writeGroup(nextMode, next))
  return (
    <div className={classes.group}>
      <div className={classes.bar}>
        <Select
          aria-label={t('rule.mode')}
          data={(['all', 'any', 'none'] as const).map((value) => ({
            value,
            label: t(`rule.modes.${value}`),
          }))}
          value={mode}
          allowDeselect={false}
          size="xs"
          onChange={(value) => value && write(value as Mode, parts)}
        />
        {onRemove && (
          <ActionIcon color="lost" aria-label={t('rule.removeGroup')} onClick={onRemove}>
            <IconTrash size={16} />
          </ActionIcon>
        )}
      </div>
      {parts.map((part, index) => (
        <RuleNode
          // biome-ignore lint/suspicious/noArrayIndexKey: parts have no identity but their place
          key={index}
          filter={part}
          onChange={(next) => write(mode, parts.with(index, next))}
          onRemove={() => write(mode, parts.toSpliced(index, 1))}
        />
      ))}
      <div className={classes.buttons}>
        <Button variant="default" size="xs" onClick={() => write(mode, [...parts, NEW])}>
          {t('rule.addCondition')}
        </Button>
        <Button variant="default" size="xs" onClick={() => write(mode, [...parts, { any: [NEW] }])}>
          {t('rule.addGroup')}
        </Button>
      </div>
    </div>
  )
}

function readGroup(filter: Exclude<Filter, Condition>): { mode: Mode; parts: Filter[] } {
  if ('all' in filter) return { mode: 'all', parts: asList(filter.all) }
  if ('any' in filter) return { mode: 'any', parts: asList(filter.any) }
  const { not } = filter
  return {
    mode: 'none',
    parts: typeof not === 'object' && not !== null && 'any' in not ? asList(not.any) : [not],
  }
}

function writeGroup(mode: Mode, parts: Filter[]): Filter {
  if (mode === 'all') return { all: parts }
  return mode === 'any' ? { any: parts } : { not: { any: parts } }
}

/** What was written by hand may be anything. */
function asList(parts: unknown): Filter[] {
  return Array.isArray(parts) ? parts : []
}
