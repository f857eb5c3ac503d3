import { useTranslation } from 'react-i18next'
import type { ShopSettings } from '../../accounts/contract.ts'
import classes from './shop-station.module.css'

/** For a marketer, who may look at the settings but not change them. */
export function ShopFacts({ settings }: { settings: ShopSettings }) {
  const { t } = useTranslation('guide')
  const facts = [
    [t('shop.name'), settings.name],
    [t('shop.site'), settings.domains.join(', ') || '–'],
    [t('shop.currency'), settings.currency],
    [t('shop.timeZone'), settings.timeZone.replaceAll('_', ' ')],
  ]
  return (
    <>
      <dl className={classes.facts}>
        {facts.map(([name, value]) => [<dt key={`${name} name`}>{name}</dt>, <dd key={name}>{value}</dd>])}
      </dl>
      <p className={classes.quiet}>{t('shop.ownerOnly')}</p>
    </>
  )
}
