import { useTranslation } from '../../../web/use-translation.ts'
import classes from './boards.module.css'

/** Where a card's figure and picture will stand. */
export function CardWaiting() {
  const { t } = useTranslation('boards')
  return (
    <div className={classes.waiting} aria-busy="true">
      <span className="only-spoken" role="status">
        {t('card.loading')}
      </span>
    </div>
  )
}
