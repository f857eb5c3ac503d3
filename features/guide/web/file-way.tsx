import { Button } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import classes from './connect-station.module.css'

/** For a start without any code: the orders that the shop has already. */
export function FileWay() {
  const { t } = useTranslation('guide')
  const navigate = useNavigate()
  const params = { shop: String(useShop().id) }
  return (
    <section className={classes.open} aria-label={t('way.file')}>
      <ol className={classes.steps}>
        <li>{t('file.1')}</li>
        <li>{t('file.2')}</li>
        <li>{t('file.3')}</li>
      </ol>
      <div>
        <Button
          leftSection={<IconFileImport size={18} stroke={1.7} />}
          onClick={() => void navigate({ to: '/s/$shop/imports/new', params })}
        >
          {t('file.open')}
        </Button>
      </div>
      <p className={classes.quiet}>{t('file.sees')}</p>
    </section>
  )
}
