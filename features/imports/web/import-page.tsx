import { Button } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { Link, useParams } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { Badge } from '../../../web/ui/badge.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { ErrorState } from '../../../web/ui/error-state.tsx'
import { PageHeader } from '../../../web/ui/page-header.tsx'
import type { ImportView } from '../contract.ts'
import { BadRows } from './bad-rows.tsx'
import classes from './import-page.module.css'
import { ImportProgressSection } from './import-progress.tsx'
import { ImportResult } from './import-result.tsx'
import { isActive, stateTones, useImportName } from './import-words.ts'
import { mayImport } from './may-import.ts'
import { useImport } from './use-import.ts'

/** One import: how far it is while it runs, and then what it brought. */
export function ImportPage() {
  const { t } = useTranslation('imports')
  const shop = useShop()
  const { import: id = '' } = useParams({ strict: false }) as { import?: string }
  const { query, refresh } = useImport(shop.id, id)
  const view = query.data
  const nameOf = useImportName()
  return (
    <>
      <PageHeader
        title={view ? nameOf(view).name : t('one.untitled')}
        back={
          <Link to="/s/$shop/imports" params={{ shop: String(shop.id) }}>
            <IconArrowLeft size={15} stroke={1.8} /> {t('title')}
          </Link>
        }
        subtitle={view && <Subtitle view={view} />}
        actions={
          view &&
          !isActive(view) &&
          mayImport(shop.role) && (
            <Button
              component={Link}
              to="/s/$shop/imports/new"
              params={{ shop: String(shop.id) } as never}
              variant="default"
            >
              {t('one.another')}
            </Button>
          )
        }
      />
      {query.isError && !view && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {query.isPending && <div className={classes.loading} aria-busy="true" />}
      {view && (isActive(view) ? <ImportProgressSection view={view} refresh={refresh} /> : null)}
      {view && !isActive(view) && <ImportResult view={view} refresh={refresh} />}
      {view && view.bad > 0 && <BadRows view={view} />}
    </>
  )
}

function Subtitle({ view }: { view: ImportView }) {
  const { t } = useTranslation('imports')
  const { what } = useImportName()(view)
  return (
    <>
      <Badge tone={stateTones[view.state]}>{t(`state.${view.state}`)}</Badge> {what} ·{' '}
      {view.createdBy || t('list.byCommand')}, <DateTime at={view.createdAt} />
    </>
  )
}
