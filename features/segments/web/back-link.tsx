import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'

export function BackLink() {
  const { t } = useTranslation('segments')
  const { id } = useShop()
  return (
    <Link to="/s/$shop/segments" params={{ shop: String(id) }}>
      ← {t('title')}
    </Link>
  )
}
