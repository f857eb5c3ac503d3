import { Button } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useTranslation } from '../use-translation.ts'
import { useCopy } from './use-copy.ts'

/** Copies `text`; the button itself says that it happened, aloud too. */
export function CopyButton({ text, size = 'xs' }: { text: string; size?: 'xs' | 'sm' }) {
  const { t } = useTranslation('ui')
  const { state, copy } = useCopy()
  const icon = state === 'copied' ? <IconCheck size={15} /> : <IconCopy size={15} />
  return (
    <Button variant="default" size={size} leftSection={icon} onClick={() => copy(text)}>
      <span aria-live="polite">{t(`copy.${state}`)}</span>
    </Button>
  )
}
