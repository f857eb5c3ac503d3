import { ActionIcon } from '@mantine/core'
import { IconTrash } from '@tabler/icons-react'
import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition } from '../contract.ts'
import { EventFields, SequenceFields } from './event-fields.tsx'
import { FilterFields } from './filter-fields.tsx'
import { AnswerFields, AttitudeFields, ParcelFields } from './opinion-fields.tsx'
import { LastOrderFields, OrdersFields, SpentFields } from './order-fields.tsx'
import { DeviceFields, KnownFields, TouchFields } from './person-fields.tsx'
import { useSaySegment } from './say-segment.ts'
import classes from './segments.module.css'

interface ConditionProps {
  condition: Condition
  own: number | undefined
  onChange: (condition: Condition) => void
  onRemove: () => void
}

/** One condition: what it is about, and its values. */
export function ConditionEditor({ condition, onChange, onRemove }: ConditionProps) {
  const { t } = useTranslation('segments')
  const say = useSaySegment()
  const id = useId()
  return (
    <fieldset className={classes.condition} aria-labelledby={id}>
      <h3 id={id} className={classes.conditionTitle}>
        {t(`about.${condition.about}`)}
      </h3>
      <ActionIcon
        color="lost"
        aria-label={t('condition.remove', { what: say.condition(condition) })}
        onClick={onRemove}
      >
        <IconTrash size={17} stroke={1.7} />
      </ActionIcon>
      <div className={classes.conditionFields}>
        <Fields condition={condition} onChange={onChange} />
      </div>
    </fieldset>
  )
}

function Fields({ condition, onChange }: Pick<ConditionProps, 'condition' | 'onChange'>) {
  const say = useSaySegment()
  switch (condition.about) {
    case 'known':
      return <KnownFields condition={condition} onChange={onChange} />
    case 'trait':
      return (
        <FilterFields
          of="traits"
          where={condition.where}
          onChange={(where) => onChange({ ...condition, where })}
        />
      )
    case 'event':
      return <EventFields condition={condition} onChange={onChange} />
    case 'sequence':
      return <SequenceFields condition={condition} onChange={onChange} />
    case 'orders':
      return <OrdersFields condition={condition} onChange={onChange} />
    case 'spent':
      return <SpentFields condition={condition} onChange={onChange} />
    case 'last_order':
      return <LastOrderFields condition={condition} onChange={onChange} />
    case 'answer':
      return <AnswerFields condition={condition} onChange={onChange} />
    case 'touch':
      return <TouchFields condition={condition} onChange={onChange} />
    case 'device':
      return <DeviceFields condition={condition} onChange={onChange} />
    case 'parcel':
      return <ParcelFields condition={condition} onChange={onChange} />
    case 'attitude':
      return <AttitudeFields condition={condition} onChange={onChange} />
    case 'segment':
      return <span className={classes.wide}>{say.condition(condition)}</span>
  }
}
