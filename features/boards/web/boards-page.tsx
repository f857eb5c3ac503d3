import { Button } from '@mantine/core'
import { IconLayoutBoard } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import { BoardNameDialog } from './board-name-dialog.tsx'
import classes from './boards.module.css'
import { useBoardChanges, useBoards, useMayArrange } from './use-boards.ts'

/** The shop's boards, and how to make another one. */
export function BoardsPage() {
  const { t } = useTranslation('boards')
  const { id } = useShop()
  const { data, error, isError, refetch } = useBoards()
  const mayArrange = useMayArrange()
  const params = { shop: String(id) }
  return (
    <>
      <PageHeader
        title={t('boards.title')}
        subtitle={t('boards.subtitle')}
        back={
          <Link to="/s/$shop/today" params={params}>
            {t('boards.today')}
          </Link>
        }
        actions={mayArrange && <MakeButton />}
      />
      {isError && <ErrorState error={error} onRetry={() => void refetch()} />}
      {!data && !isError && <div className={classes.loading} aria-busy="true" />}
      {data?.items.length === 0 && (
        <EmptyState
          icon={<IconLayoutBoard />}
          title={t('boards.none')}
          action={
            <Link to="/s/$shop/reports" params={params}>
              {t('boards.toReports')}
            </Link>
          }
        >
          {t(mayArrange ? 'boards.noneWhy' : 'boards.noneViewer')}
        </EmptyState>
      )}
      {data && data.items.length > 0 && (
        <ul className={classes.boards}>
          {data.items.map((board) => (
            <li key={board.id}>
              <Link to="/s/$shop/boards/$board" params={{ ...params, board: String(board.id) }}>
                {board.name}
              </Link>
              <span className={classes.count}>{t('boards.cards', { count: board.cards })}</span>
              {board.isHome && <Badge>{t('boards.isHome')}</Badge>}
            </li>
          ))}
        </ul>
      )}
    </>
  )
}

function MakeButton() {
  const { t } = useTranslation('boards')
  const { add } = useBoardChanges()
  const [isOpen, setOpen] = useState(false)
  return (
    <>
      <Button onClick={() => setOpen(true)}>{t('boards.make')}</Button>
      <BoardNameDialog
        isOpen={isOpen}
        close={() => setOpen(false)}
        title={t('boards.make')}
        submit={t('boards.makeDo')}
        onSubmit={add}
      />
    </>
  )
}
