import { IconPinned } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { isApiError } from '../../../web/api-error.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Board } from '../contract.ts'
import { BoardCards } from './board-cards.tsx'
import { BoardMenu } from './board-menu.tsx'
import classes from './boards.module.css'
import { useBoard, useMayArrange } from './use-boards.ts'

/** One board with its reports. */
export function BoardPage() {
  const { board } = useParams({ strict: false }) as { board: string }
  const id = Number(board)
  const isId = Number.isSafeInteger(id) && id > 0
  const { data, error, isError, refetch } = useBoard(isId ? id : undefined)
  if (!isId || (isApiError(error) && error.code === 'not_found')) return <Gone />
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />
  if (!data) return <div className={classes.loading} aria-busy="true" />
  return <Whole board={data} />
}

function Whole({ board }: { board: Board }) {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const params = { shop: String(id) }
  const mayArrange = useMayArrange()
  return (
    <>
      <PageHeader
        title={board.name}
        subtitle={board.isHome ? t('boards.isHome') : undefined}
        back={
          <Link to="/s/$shop/boards" params={params}>
            {t('boards.back')}
          </Link>
        }
        actions={<BoardMenu board={board} mayArrange={mayArrange} />}
      />
      {board.cards.length === 0 ? (
        <EmptyState
          icon={<IconPinned />}
          title={t('boards.empty')}
          action={
            <Link to="/s/$shop/reports" params={params}>
              {t('boards.toReports')}
            </Link>
          }
        >
          {t('boards.emptyWhy')}
        </EmptyState>
      ) : (
        <BoardCards board={board} isArranged={mayArrange} heading="h2" />
      )}
    </>
  )
}

function Gone() {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  return (
    <EmptyState
      wholePage
      title={t('boards.gone')}
      action={
        <Link to="/s/$shop/boards" params={{ shop: String(id) }}>
          {t('boards.back')}
        </Link>
      }
    >
      {t('boards.goneWhy')}
    </EmptyState>
  )
}
