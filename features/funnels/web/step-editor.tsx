import { ActionIcon, Button, Checkbox, Select, TextInput } from '@mantine/core'
import { IconPlus, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import type { FunnelStep } from '../contract.ts'
import { MAX_STEPS, STANDARD_STEPS, STEP_STATES } from '../vocabulary.ts'
import classes from './funnel.module.css'
import type { FunnelAddress } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

const KINDS = ['touchpoint', 'state', 'name'] as const
type Kind = (typeof KINDS)[number]
const FIRST: Record<Kind, FunnelStep> = {
  touchpoint: { touchpoint: 'product_page' },
  state: { state: 'placed' },
  name: { name: 'Product Added' },
}

/** Which steps the way has; shown when it has been changed, so that half a thought isn't asked. */
export function StepEditor({ address: { search, change } }: { address: FunnelAddress }) {
  const { t } = useTranslation('funnels')
  const [steps, setSteps] = useState(search.steps ?? STANDARD_STEPS)
  const isUnfinished = steps.some(({ name }) => name === '')
  return (
    <Section title={t('step.title')} hint={t('step.hint')}>
      <ol className={classes.editor}>
        {steps.map((step, index) => (
          // A step is known by its place.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          <li key={index}>
            <StepFields
              step={step}
              isFirst={index === 0}
              onChange={(next) => setSteps(steps.with(index, next))}
              remove={steps.length > 2 ? () => setSteps(withoutStep(steps, index)) : undefined}
              place={index + 1}
            />
          </li>
        ))}
      </ol>
      <div className={classes.row}>
        {steps.length < MAX_STEPS && (
          <Button
            variant="default"
            leftSection={<IconPlus size={16} />}
            onClick={() => setSteps([...steps, FIRST.touchpoint])}
          >
            {t('step.add')}
          </Button>
        )}
        <Button
          disabled={steps === (search.steps ?? STANDARD_STEPS) || isUnfinished}
          onClick={() => change({ steps })}
        >
          {t('step.show')}
        </Button>
        {search.steps && (
          <Button variant="subtle" onClick={() => change({ steps: undefined })}>
            {t('step.standard')}
          </Button>
        )}
      </div>
    </Section>
  )
}

/** Everybody counted has made the first step, so what becomes the first can't be left out. */
function withoutStep(steps: readonly FunnelStep[], index: number): FunnelStep[] {
  const [first, ...rest] = steps.toSpliced(index, 1)
  const { optional: _, ...required } = first as FunnelStep
  return [required, ...rest]
}

interface FieldsProps {
  step: FunnelStep
  place: number
  isFirst: boolean
  onChange: (step: FunnelStep) => void
  remove: (() => void) | undefined
}

function StepFields({ step, place, isFirst, onChange, remove }: FieldsProps) {
  const { t } = useTranslation('funnels')
  const { nameStep } = useFunnelNames()
  // A step of several conditions (the standard ones, and those written by hand) is kept or replaced as a whole.
  const kind = step.where || step.stage ? undefined : KINDS.find((one) => step[one] !== undefined)
  const kinds = KINDS.map((one) => ({ value: one as string, label: t(`step.${one}`) }))
  const own = { value: 'own', label: nameStep(step) }
  return (
    <>
      <Select
        label={t('step.place', { place })}
        data={kind ? kinds : [own, ...kinds]}
        value={kind ?? 'own'}
        allowDeselect={false}
        onChange={(next) => next !== null && next !== 'own' && onChange(FIRST[next as Kind])}
      />
      {kind ? <StepValue kind={kind} step={step} onChange={onChange} /> : <span />}
      <Checkbox
        label={t('step.optional')}
        checked={step.optional ?? false}
        disabled={isFirst}
        onChange={(event) => {
          const { optional: _, ...rest } = step
          onChange(event.currentTarget.checked ? { ...rest, optional: true } : rest)
        }}
      />
      {remove && (
        <ActionIcon variant="subtle" color="lost" aria-label={t('step.remove', { place })} onClick={remove}>
          <IconTrash size={17} stroke={1.7} />
        </ActionIcon>
      )}
    </>
  )
}

function StepValue({
  kind,
  step,
  onChange,
}: {
  kind: Kind
  step: FunnelStep
  onChange: (step: FunnelStep) => void
}) {
  const { t } = useTranslation('funnels')
  const { touchpoints } = useFunnelNames()
  const keep = step.optional ? { optional: true } : {}
  if (kind === 'name')
    return (
      <TextInput
        label={t('step.which')}
        value={step.name ?? ''}
        maxLength={200}
        error={step.name === '' ? t('step.missing') : undefined}
        onChange={(event) => onChange({ name: event.currentTarget.value, ...keep })}
      />
    )
  const states = STEP_STATES.map((one) => ({ value: one as string, label: t(`state.${one}`) }))
  return (
    <Select
      label={t('step.which')}
      data={kind === 'state' ? states : touchpoints}
      value={step[kind] ?? null}
      searchable
      allowDeselect={false}
      onChange={(next) => next !== null && onChange({ [kind]: next, ...keep } as FunnelStep)}
    />
  )
}
