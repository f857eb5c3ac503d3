import { useTranslation } from 'react-i18next'
import type { ShopSettings } from '../../accounts/contract.ts'
import classes from './shop-station.module.css'
import { Foot, GoOn } from './station-card.tsx'

/** For a marketer, who may look at the settings but not change them. */
export function ShopFacts({ settings, goOn }: { settings: ShopSettings; goOn: () => void }) {
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
      <Foot>
        <GoOn isDone onClick={goOn} />
      </Foot>
    </>
  )
}
