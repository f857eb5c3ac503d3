import { Button, Modal, TextInput } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconSearch } from '@tabler/icons-react'
import { useState } from 'react'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { savedKey, useSavedSegments } from './saved-segments.ts'
import classes from './segment-finder.module.css'

type SegmentFinderProps = { isOpen: boolean; close: () => void; choose: (segment: string) => void }

/** One of many saved segments, found by its name; a menu may hold no field, so it has a window of its own. */
export function SegmentFinder({ isOpen, close, choose }: SegmentFinderProps) {
  const { t } = useTranslation('journeys')
  const { t: tUi } = useTranslation('ui')
  return (
    <Modal
      opened={isOpen}
      onClose={close}
      title={t('segment.find')}
      closeButtonProps={{ 'aria-label': tUi('close') }}
    >
      <Finding
        choose={(key) => {
          close()
          choose(key)
        }}
      />
    </Modal>
  )
}

function Finding({ choose }: { choose: (segment: string) => void }) {
  const { t } = useTranslation('journeys')
  const [typed, setTyped] = useState('')
  const [q] = useDebouncedValue(typed.trim(), 250)
  const { data, isError, error, isPlaceholderData, refetch } = useSavedSegments(q, 20)
  return (
    <div className={classes.finding} aria-busy={!data || isPlaceholderData}>
      <TextInput
        type="search"
        data-autofocus
        aria-label={t('segment.find')}
        leftSection={<IconSearch size={16} stroke={1.7} />}
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      {isError && !data && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data?.items.map(({ id, name }) => (
        <Button
          key={id}
          variant="subtle"
          justify="start"
          h="auto"
          mih={36}
          styles={{ label: { whiteSpace: 'normal', textAlign: 'start', overflowWrap: 'anywhere' } }}
          onClick={() => choose(savedKey(id))}
        >
          {name}
        </Button>
      ))}
      <div role="status">{data?.items.length === 0 && t('segment.none')}</div>
    </div>
  )
}
