import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import classes from './ways-to-begin.module.css'

/** What an empty page offers: to connect the shop, or a file. To who may do neither it says who may. */
export function WaysToBegin({ importLabel }: { importLabel: string }) {
  const { t } = useTranslation('guide')
  const { id, role } = useShop()
  const params = { shop: String(id) } as never
  if (role !== 'owner' && role !== 'marketer') return <p>{t('begin.askOwner')}</p>
  return (
    <div className={classes.ways}>
      <Button component={Link} to="/s/$shop/start" params={params}>
        {t('begin.connect')}
      </Button>
      <Button component={Link} to="/s/$shop/imports/new" params={params} variant="default">
        {importLabel}
      </Button>
    </div>
  )
}
