import { Button } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useShop } from '../../../web/shop-context.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import classes from './channel-mix.module.css'

const WAYS = ['phone', 'chat', 'email', 'faq'] as const

/** No order has a call, a letter or a chat: how these are connected. */
export function NoCare() {
  const { t } = useTranslation('channel-mix')
  const { id, role } = useShop()
  const mayConnect = role === 'owner' || role === 'marketer'
  return (
    <Section title={t('noCare.title')}>
      <div className={classes.notice}>
        <p>{t('noCare.why')}</p>
        <ul>
          {WAYS.map((way) => (
            <li key={way}>{t(`noCare.${way}`)}</li>
          ))}
        </ul>
        {mayConnect && (
          <div>
            <Button component={Link} {...({ to: '/s/$shop/start', params: { shop: String(id) } } as object)}>
              {t('noCare.connect')}
            </Button>
          </div>
        )}
      </div>
    </Section>
  )
}
