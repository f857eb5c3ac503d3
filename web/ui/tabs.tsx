import { Link, type LinkProps } from '@tanstack/react-router'
import { useEffect, useRef } from 'react'
import classes from './tabs.module.css'

export type Tab = { label: string; link: Pick<LinkProps, 'to' | 'params' | 'search'> }

/** Tabs that are links: each has an address, opens in a new window, and works with the back button. */
export function Tabs({ label, tabs }: { label: string; tabs: Tab[] }) {
  const row = useRef<HTMLElement>(null)
  // On a phone the row scrolls sideways, and the open tab must not stay out of sight.
  useEffect(() => {
    const open = row.current?.querySelector('[aria-current]')
    open?.scrollIntoView({ inline: 'center', block: 'nearest' })
  }, [])
  return (
    <nav ref={row} aria-label={label} className={classes.tabs}>
      {tabs.map((tab) => (
        <Link key={tab.label} {...tab.link} className={classes.tab}>
          {tab.label}
        </Link>
      ))}
    </nav>
  )
}
