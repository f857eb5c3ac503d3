import { useTranslation } from 'react-i18next'
import type { ConditionAbout } from '../contract.ts'
import { FEEDBACK_KINDS, FEEDBACK_SCALES } from '../vocabulary.ts'
import { Choice, type FieldsOf, WhenFields, Whole, withWhen } from './small-fields.tsx'
import { useChosenNames } from './use-names.ts'

const WHICH = ['last', 'any'] as const

export function AnswerFields({ condition, onChange }: FieldsOf<ConditionAbout<'answer'>>) {
  const { t } = useTranslation('segments')
  const names = useChosenNames()
  const { low, high } = FEEDBACK_SCALES[condition.kind]
  return (
    <>
      <Choice
        label={t('fields.kind')}
        value={condition.kind}
        values={FEEDBACK_KINDS}
        say={names.feedback}
        onChange={(kind) =>
          onChange({ ...condition, kind, low: FEEDBACK_SCALES[kind].low, high: FEEDBACK_SCALES[kind].high })
        }
      />
      <Whole
        label={t('fields.from')}
        value={condition.low}
        min={low}
        max={condition.high}
        onChange={(next) => onChange({ ...condition, low: next })}
      />
      <Whole
        label={t('fields.to')}
        value={condition.high}
        min={condition.low}
        max={high}
        onChange={(next) => onChange({ ...condition, high: next })}
      />
      <Choice
        label={t('fields.whichAnswer')}
        value={condition.which}
        values={WHICH}
        say={(which) => t(`whichAnswer.${which}`)}
        onChange={(which) => onChange({ ...condition, which })}
      />
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
    </>
  )
}

export function ParcelFields({ condition, onChange }: FieldsOf<ConditionAbout<'parcel'>>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Choice
        label={t('fields.whichParcel')}
        value={condition.which}
        values={WHICH}
        say={(which) => t(`whichParcel.${which}`)}
        onChange={(which) => onChange({ ...condition, which })}
      />
      <Choice
        label={t('fields.parcel')}
        value={condition.is}
        values={['late', 'on_time'] as const}
        say={(is) => t(`parcel.${is}`)}
        onChange={(is) => onChange({ ...condition, is })}
      />
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
    </>
  )
}

export function AttitudeFields({ condition, onChange }: FieldsOf<ConditionAbout<'attitude'>>) {
  const { t } = useTranslation('segments')
  return (
    <>
      <Choice
        label={t('fields.attitude')}
        value={condition.how}
        values={['at_most', 'at_least'] as const}
        say={(how) => t(`attitude.${how}`)}
        onChange={(how) => onChange({ ...condition, how })}
      />
      <Whole
        label={t('fields.value')}
        value={condition.value}
        min={-100}
        max={100}
        onChange={(value) => onChange({ ...condition, value })}
      />
      <Whole
        label={t('fields.answers')}
        value={condition.answers}
        min={1}
        max={1_000}
        onChange={(answers) => onChange({ ...condition, answers })}
      />
      <WhenFields when={condition.when} onChange={(when) => onChange(withWhen(condition, when))} />
    </>
  )
}
