import { ActionIcon, Button } from '@mantine/core'
import { IconArrowLeft, IconArrowRight, IconX } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { type DragEvent, useState } from 'react'
import { useShop } from '../../../web/shop-context.tsx'
import { FormError } from '../../../web/ui/form-error.tsx'
import { useAction } from '../../../web/ui/use-action.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Board, BoardCard } from '../contract.ts'
import classes from './boards.module.css'
import { CardBody } from './card-body.tsx'
import { linkTo } from './link-to.ts'
import { moveTo } from './move-card.ts'
import { useBoardChanges } from './use-boards.ts'

type Heading = 'h2' | 'h3'
type BoardCardsProps = { board: Board; isArranged?: boolean; heading?: Heading }

/** The cards of a board; who may arrange them drags them, or moves them with the buttons of each. */
export function BoardCards({ board, isArranged = false, heading = 'h3' }: BoardCardsProps) {
  const { t } = useTranslation('boards')
  const { order } = useBoardChanges()
  const [dragged, setDragged] = useState<number>()
  const [said, setSaid] = useState('')
  const removal = useRemoval(board)
  const { run, error } = useAction((cards: BoardCard[]) => order(board, cards))
  const move = (from: number, to: number) => {
    const cards = moveTo(board.cards, from, to)
    const card = board.cards[from]
    if (!card || from === to) return
    const place = cards.indexOf(card) + 1
    setSaid(t('card.moved', { name: card.name, place, of: cards.length }))
    void run(cards)
  }
  return (
    <>
      <span className="only-spoken" role="status">
        {said}
      </span>
      <Removed removal={removal} />
      <FormError error={error} />
      <ul className={classes.cards}>
        {board.cards.map((card, place) => (
          <li
            key={card.id}
            className={classes.card}
            data-dragged={dragged === place || undefined}
            {...(isArranged && dragging(place, dragged, setDragged, move))}
          >
            <Head card={card} heading={heading} />
            <CardBody card={card} />
            {isArranged && (
              <Buttons
                {...{ card, place, of: board.cards.length }}
                move={(to) => move(place, to)}
                remove={() => void removal.remove(card)}
              />
            )}
          </li>
        ))}
      </ul>
    </>
  )
}

/** What a mouse does; the keyboard has its buttons. */
function dragging(
  place: number,
  dragged: number | undefined,
  setDragged: (place: number | undefined) => void,
  move: (from: number, to: number) => void,
) {
  return {
    draggable: true,
    onDragStart: (event: DragEvent) => {
      // Firefox begins a drag only with something to carry.
      event.dataTransfer.setData('text/plain', String(place))
      event.dataTransfer.effectAllowed = 'move'
      setDragged(place)
    },
    onDragOver: (event: DragEvent) => {
      if (dragged !== undefined) event.preventDefault()
    },
    onDrop: (event: DragEvent) => {
      event.preventDefault()
      if (dragged !== undefined) move(dragged, place)
      setDragged(undefined)
    },
    onDragEnd: () => setDragged(undefined),
  }
}

function Head({ card, heading: Title }: { card: BoardCard; heading: Heading }) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const { name, path, search } = card
  const report = t(`reports:name.${path}`, { defaultValue: '' })
  return (
    <div className={classes.head}>
      <Title>
        <Link {...linkTo(id, path, search)} draggable={false}>
          {name}
        </Link>
      </Title>
      {report !== '' && report !== name && <p>{report}</p>}
    </div>
  )
}

type ButtonsProps = {
  card: BoardCard
  place: number
  of: number
  move: (to: number) => void
  remove: () => void
}

function Buttons({ card: { name }, place, of, move, remove }: ButtonsProps) {
  const { t } = useTranslation('boards')
  const look = { variant: 'subtle', size: 'md' } as const
  return (
    <div className={classes.tools}>
      <ActionIcon
        {...look}
        aria-label={t('card.earlier', { name })}
        disabled={place === 0}
        onClick={() => move(place - 1)}
      >
        <IconArrowLeft size={17} />
      </ActionIcon>
      <ActionIcon
        {...look}
        aria-label={t('card.later', { name })}
        disabled={place === of - 1}
        onClick={() => move(place + 1)}
      >
        <IconArrowRight size={17} />
      </ActionIcon>
      <ActionIcon {...look} aria-label={t('card.remove', { name })} onClick={remove}>
        <IconX size={17} />
      </ActionIcon>
    </div>
  )
}

type Removal = ReturnType<typeof useRemoval>

/** Takes a card off at once instead of asking first, since it can be put back. */
function useRemoval(board: Board) {
  const { unpin, pinAgain } = useBoardChanges()
  const [removed, setRemoved] = useState<BoardCard>()
  const away = useAction(async (card: BoardCard) => {
    await unpin(board.id, card.id)
    setRemoved(card)
  })
  const back = useAction(async () => {
    if (removed) await pinAgain(board.id, removed.id)
    setRemoved(undefined)
  })
  return { removed, remove: away.run, restore: back.run, error: away.error ?? back.error }
}

function Removed({ removal }: { removal: Removal }) {
  const { t } = useTranslation('boards')
  const { removed, restore, error } = removal
  return (
    <>
      <div role="status">
        {removed && (
          <p className={classes.removed}>
            {t('card.removed', { name: removed.name })}
            <Button variant="subtle" size="compact-sm" onClick={() => void restore()}>
              {t('boards.undo')}
            </Button>
          </p>
        )}
      </div>
      <FormError error={error} />
    </>
  )
}
