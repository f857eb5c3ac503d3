import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { useSession } from '../session.ts'
import { useShop } from '../shop-context.tsx'
import classes from './shop-bar.module.css'

/** Whose pages these are. With several shops, also the way to the others. */
export function ShopBar() {
  const { shops } = useSession()
  return (
    <section className={classes.bar} aria-label={useShop().name}>
      {shops.length > 1 ? <ShopSwitcher /> : <ShopName />}
    </section>
  )
}

function ShopName() {
  return <span className={classes.name}>{useShop().name}</span>
}

function ShopSwitcher() {
  const { t } = useTranslation('shell')
  const { shops } = useSession()
  const current = useShop()
  const navigate = useNavigate()
  return (
    <Menu position="bottom-start" width={280}>
      <Menu.Target>
        <UnstyledButton className={classes.switch} aria-label={t('switchShop', { name: current.name })}>
          {current.name}
          <IconSelector size={15} stroke={1.8} />
        </UnstyledButton>
      </Menu.Target>
      <Menu.Dropdown className={classes.menu}>
        {shops.map(({ id, name, currency }) => (
          <Menu.Item
            key={id}
            aria-current={id === current.id ? 'true' : undefined}
            rightSection={id === current.id ? <IconCheck size={16} /> : <span>{currency}</span>}
            onClick={() => navigate({ to: '/s/$shop', params: { shop: String(id) } })}
          >
            {name}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
