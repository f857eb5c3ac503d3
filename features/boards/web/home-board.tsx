import { Link } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { BoardCards } from './board-cards.tsx'
import classes from './today.module.css'
import { useBoard, useBoards } from './use-boards.ts'

/** The board that the shop wants to see every morning; nothing where there is none. */
export function HomeBoard() {
  const home = useBoards().data?.items.find(({ isHome }) => isHome)
  const { data } = useBoard(home?.id)
  const { id } = useShop()
  if (!data || data.cards.length === 0) return null
  return (
    <section className={classes.home} aria-labelledby="home-board">
      <h2 id="home-board" className={classes.kicker}>
        <Link to="/s/$shop/boards/$board" params={{ shop: String(id), board: String(data.id) }}>
          {data.name}
        </Link>
      </h2>
      <BoardCards board={data} />
    </section>
  )
}
