import { Popover } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import type { ReactNode } from 'react'
import classes from './definition.module.css'
import { useOpening } from './on-demand.ts'
import { PlainButton } from './plain-button.tsx'

/** The button of a definition with its note, open. */
export function DefinitionNote({
  term,
  label,
  children,
}: {
  term: string
  label: string
  children: ReactNode
}) {
  const { isOpen, setOpen, target } = useOpening<HTMLButtonElement>()
  return (
    <Popover opened={isOpen} onChange={setOpen} width={300} position="top" withArrow arrowSize={10}>
      <Popover.Target>
        <PlainButton
          ref={target}
          className={classes.button}
          aria-label={label}
          onClick={() => setOpen(!isOpen)}
        >
          <IconInfoCircle size={16} stroke={1.7} />
        </PlainButton>
      </Popover.Target>
      <Popover.Dropdown className={classes.note}>
        <strong>{term}</strong>
        <div>{children}</div>
      </Popover.Dropdown>
    </Popover>
  )
}
