import { Menu, UnstyledButton } from '@mantine/core'
import { IconCheck, IconSelector } from '@tabler/icons-react'
import { useNavigate } from '@tanstack/react-router'
import { useSession } from '../session.ts'
import { useShop } from '../shop-context.tsx'
import { useTranslation } from '../use-translation.ts'
import classes from './shop-bar.module.css'

/** The shop's name as the way to the other shops. */
export function ShopSwitcher() {
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
