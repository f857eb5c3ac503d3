import { Select } from '@mantine/core'

export type Choice = { value: string; label: string }
export type ChoiceGroup = { group: string; items: Choice[] }

export type ChooserProps = {
  label: string
  value: string
  data: (Choice | ChoiceGroup)[]
  onChoose: (value: string) => void
}

/** One of a few answers to one question, above a report. */
export function Chooser({ label, value, data, onChoose }: ChooserProps) {
  return (
    <Select
      size="sm"
      label={label}
      value={value}
      data={data}
      allowDeselect={false}
      onChange={(chosen) => chosen !== null && onChoose(chosen)}
    />
  )
}
