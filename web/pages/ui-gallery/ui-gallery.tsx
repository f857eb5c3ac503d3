import { Button } from '@mantine/core'
import { IconUserPlus } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Language } from '../../language.ts'
import { LanguageSwitcher } from '../../shell/language-switcher.tsx'
import { ThemeSwitcher } from '../../shell/theme-switcher.tsx'
import { ShopContext } from '../../shop-context.tsx'
import { PageHeader } from '../../ui/page-header.tsx'
import { FormParts } from './form-parts.tsx'
import { ListParts } from './list-parts.tsx'
import { NumberParts } from './number-parts.tsx'
import { PathParts } from './path-parts.tsx'
import { samples } from './samples.ts'
import classes from './ui-gallery.module.css'

const shop = {
  id: 1,
  name: 'Липа',
  currency: 'UAH',
  timeZone: 'Europe/Kyiv',
  role: 'owner',
} as const

/** Every part in all its states. Open `/ui` in development. */
export function UiGallery() {
  const { i18n } = useTranslation()
  const words = samples[i18n.language as Language]
  return (
    <ShopContext value={shop}>
      <main className={classes.gallery}>
        <PageHeader
          title={words.title}
          subtitle={words.subtitle}
          back={<Link to="/">← {words.back}</Link>}
          actions={<Button leftSection={<IconUserPlus size={17} />}>{words.act}</Button>}
        />
        <div className={classes.switchers}>
          <LanguageSwitcher />
          <ThemeSwitcher />
        </div>
        <NumberParts words={words} />
        <ListParts words={words} />
        <PathParts words={words} />
        <FormParts words={words} />
      </main>
    </ShopContext>
  )
}
