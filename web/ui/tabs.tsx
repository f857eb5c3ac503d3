import { Link, type LinkProps } from '@tanstack/react-router'
import classes from './tabs.module.css'

export type Tab = { label: string; link: Pick<LinkProps, 'to' | 'params' | 'search'> }

/** Tabs that are links: each has an address, opens in a new window, and works with the back button. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  return (
    <nav aria-label={label} className={classes.tabs}>
      {tabs.map((tab) => (
        <Link key={tab.label} {...tab.link} className={classes.tab}>
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
