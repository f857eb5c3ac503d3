import { Button } from '@mantine/core'
import { IconRoute } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useShop } from '../../../web/shop-context.tsx'

/** To the journey map of the segment's persons. */
export function MapLink({ segment }: { segment: string }) {
  const { t } = useTranslation('segments')
  const { id } = useShop()
  const target = { to: '/s/$shop/map', params: { shop: String(id) }, search: { segment: `saved:${segment}` } }
  return (
    <Button
      component={Link}
      variant="default"
      leftSection={<IconRoute size={17} stroke={1.7} />}
      {...(target as object)}
    >
      {t('onMap')}
    </Button>
  )
}
