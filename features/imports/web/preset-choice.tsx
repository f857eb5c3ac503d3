import { Radio } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import type { ImportPreview, PresetKey } from '../contract.ts'
import classes from './new-import.module.css'

/** A shop's own tables first, then the data sets to try things on. */
const ORDER: readonly PresetKey[] = ['orders', 'events', 'olist', 'olist-leads']

type PresetChoiceProps = { preview: ImportPreview; onChange: (preset: PresetKey) => void }

/** What kind of file it is. The kind that was recognised is chosen already. */
export function PresetChoice({ preview, onChange }: PresetChoiceProps) {
  const { t } = useTranslation('imports')
  return (
    <Section title={t('preset.title')} hint={t('preset.hint')}>
      <Radio.Group
        value={preview.preset}
        onChange={(preset) => onChange(preset as PresetKey)}
        aria-label={t('preset.title')}
      >
        <div className={classes.presets}>
          {ORDER.map((preset) => (
            <Radio.Card key={preset} value={preset} className={classes.preset}>
              <Radio.Indicator />
              <span>
                <strong>{t(`presets.${preset}.name`)}</strong>
                <span className={classes.presetHint}>{t(`presets.${preset}.hint`)}</span>
              </span>
            </Radio.Card>
          ))}
        </div>
      </Radio.Group>
    </Section>
  )
}
