import { ActionIcon, Autocomplete, Button, Select } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Filter } from '../../../kernel/filter/schema.ts'
import type { ConditionAbout, Which } from '../contract.ts'
import { MAX_STEPS } from '../limits.ts'
import { FilterFields } from './filter-fields.tsx'
import classes from './segments.module.css'
import { Choice, type FieldsOf, TimesFields, WhenFields, Whole, withWhen } from './small-fields.tsx'
import { useChosenNames, useSegmentChoices } from './use-names.ts'

export function EventFields({ condition, onChange }: FieldsOf<ConditionAbout<'event'>>) {
  const { t } = useTranslation('segments')
  const { which } = condition
  const setWhich = (next: Which) => onChange({ ...condition, which: next })
  const { where, ...rest } = which
  const detail: Filter = { field: 'properties.kind', op: 'equals', value: '', ignoreCase: true }
  return (
    <>
      <WhichFields which={which} onChange={setWhich} />
      <TimesFields times={condition.times} onChange={(times) => onChange({ ...condition, times })} />
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
      {where && (
        <FilterFields of="properties" where={where} onChange={(next) => setWhich({ ...rest, where: next })} />
      )}
      <Button
        variant="subtle"
        size="compact-sm"
        className={classes.wide}
        justify="start"
        onClick={() => setWhich(where ? rest : { ...rest, where: detail })}
      >
        {t(where ? 'fields.lessDetail' : 'fields.moreDetail')}
      </Button>
    </>
  )
}

const KINDS = ['touchpoint', 'stage', 'channel', 'name'] as const
type Kind = (typeof KINDS)[number]
const FIRST: Record<Kind, string> = {
  touchpoint: 'product_page',
  stage: 'site',
  channel: 'chat',
  name: 'Product Viewed',
}

/** What is meant: a touchpoint, a stage, a channel, or an event by its name. */
export function WhichFields({ which, onChange }: { which: Which; onChange: (which: Which) => void }) {
  const { t } = useTranslation('segments')
  const kind = KINDS.find((one) => which[one] !== undefined) ?? 'touchpoint'
  const choose = (next: Kind, value: string) =>
    onChange({ ...(which.where && { where: which.where }), [next]: value })
  return (
    <>
      <Choice
        label={t('which.label')}
        value={kind}
        values={KINDS}
        say={(one) => t(`which.${one}`)}
        onChange={(next) => choose(next, FIRST[next])}
      />
      <WhichValue kind={kind} value={which[kind] ?? ''} onChange={(value) => choose(kind, value)} />
    </>
  )
}

interface ValueProps {
  kind: Kind
  value: string
  onChange: (value: string) => void
}

function WhichValue({ kind, value, onChange }: ValueProps) {
  const { t } = useTranslation('segments')
  const names = useChosenNames()
  const choices = useSegmentChoices()
  if (kind === 'name')
    return (
      <Autocomplete
        label={t('which.which')}
        data={choices.events}
        value={value}
        maxLength={200}
        error={value === '' ? t('fields.empty') : undefined}
        onChange={onChange}
      />
    )
  const data = { touchpoint: names.touchpoints, stage: names.stages, channel: names.channels }[kind]
  // What the shop has removed since stays visible by its name.
  const isThere = data.some((one) => one.value === value)
  const label =
    kind === 'stage'
      ? names.stage(value)
      : kind === 'channel'
        ? names.channel(value)
        : names.touchpoint(value)
  return (
    <Select
      label={t('which.which')}
      data={isThere ? data : [{ value, label }, ...data]}
      value={value}
      searchable
      allowDeselect={false}
      onChange={(next) => next !== null && onChange(next)}
    />
  )
}

export function SequenceFields({ condition, onChange }: FieldsOf<ConditionAbout<'sequence'>>) {
  const { t } = useTranslation('segments')
  const { steps, withinDays } = condition
  const setSteps = (next: Which[]) => onChange({ ...condition, steps: next })
  const { withinDays: _, ...open } = condition
  return (
    <>
      <ol className={`${classes.steps} ${classes.wide}`}>
        {steps.map((step, index) => (
          // Steps have no names: their place in the order is what they are known by.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <WhichFields which={step} onChange={(next) => setSteps(steps.with(index, next))} />
            {steps.length > 2 && (
              <ActionIcon
                color="lost"
                aria-label={t('fields.removeStep', { n: index + 1 })}
                onClick={() => setSteps(steps.toSpliced(index, 1))}
              >
                <IconTrash size={17} stroke={1.7} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ol>
      {steps.length < MAX_STEPS && (
        <Button
          variant="subtle"
          size="compact-sm"
          className={classes.wide}
          justify="start"
          leftSection={<IconPlus size={16} />}
          onClick={() => setSteps([...steps, { touchpoint: 'checkout' }])}
        >
          {t('fields.addStep')}
        </Button>
      )}
      {steps.length >= MAX_STEPS && (
        <p className={`${classes.limit} ${classes.wide}`}>{t('limit.steps', { count: MAX_STEPS })}</p>
      )}
      <Choice
        label={t('fields.window')}
        value={withinDays === undefined ? 'open' : 'days'}
        values={['open', 'days'] as const}
        say={(kind) => t(`window.${kind}`)}
        onChange={(kind) => onChange(kind === 'open' ? open : { ...open, withinDays: 7 })}
      />
      {withinDays !== undefined && (
        <Whole
          label={t('when.days')}
          value={withinDays}
          min={1}
          max={3_650}
          onChange={(days) => onChange({ ...condition, withinDays: days })}
        />
      )}
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
    </>
  )
}
