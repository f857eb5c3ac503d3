import { IconChartLine } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'
import { dropEmpty, type MapSearch } from './map-search.ts'
import classes from './panel.module.css'

/** From the panel of a stage to the stage as a page: since when it is so, how bad, and in whose words. */
export function StageLink({ stage, search }: { stage: string; search: MapSearch }) {
  const { t } = useTranslation('journeys')
  const { id } = useShop()
  const { period, from, to, segment } = search
  return (
    <Link
      to="/s/$shop/map/stage/$stage"
      params={{ shop: String(id), stage }}
      search={dropEmpty({ period, from, to, segment }) as never}
      className={classes.who}
    >
      <IconChartLine size={16} stroke={1.8} aria-hidden="true" /> {t('stagePage.open')}
    </Link>
  )
}
