import { Menu } from '@mantine/core'
import type { ReactNode } from 'react'

type ChoiceProps = { isChosen: boolean; onChoose: () => void; children: ReactNode }

/** One line of a chooser's menu. */
export function Choice({ isChosen, onChoose, children }: ChoiceProps) {
  return (
    <Menu.Item
      aria-current={isChosen || undefined}
      fw={isChosen ? 620 : undefined}
      style={{ overflowWrap: 'anywhere' }}
      onClick={onChoose}
    >
      {children}
    </Menu.Item>
  )
}
