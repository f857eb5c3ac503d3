import { useTranslation } from 'react-i18next'
import { CodeBlock } from '../../../web/ui/code-block.tsx'
import classes from './connect-station.module.css'

/** A made-up shop to look around in, in a shop of its own, so that it never mixes with real customers. */
export function DemoWay() {
  const { t } = useTranslation('guide')
  return (
    <section className={classes.open} aria-label={t('way.demo')}>
      <p className={classes.quiet}>{t('demo.what')}</p>
      <CodeBlock label={t('demo.command')} code="npx tropa demo" />
      <p className={classes.quiet}>{t('demo.then')}</p>
    </section>
  )
}
