import { useTranslation } from 'react-i18next'
import { Section } from '../../../web/ui/section.tsx'
import type { PersonDetail } from '../contract.ts'
import classes from './facts.module.css'

/** The header shows these already. */
const inHeader = new Set(['name', 'email', 'phone'])

/** What the shop's own systems said about the person, as they said it. */
export function TraitsSection({ person }: { person: PersonDetail }) {
  const { t } = useTranslation('people')
  const say = useTraitValue()
  const traits = person.traits.filter(({ name }) => !inHeader.has(name))
  return (
    <Section title={t('traits.title')}>
      {traits.length === 0 && <p data-quiet>{t('traits.none')}</p>}
      <dl className={classes.facts}>
        {traits.map(({ name, value, at }) => (
          <div key={name} title={at}>
            <dt>{name}</dt>
            <dd>{say(value)}</dd>
          </div>
        ))}
      </dl>
    </Section>
  )
}

/** A trait's value for a reader: words for yes and no, JSON for what has parts. */
export function useTraitValue(): (value: unknown) => string {
  const { t } = useTranslation('people')
  return (value) => {
    if (value === undefined || value === null || value === '') return '–'
    if (typeof value === 'boolean') return value ? t('traits.yes') : t('traits.no')
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
}
