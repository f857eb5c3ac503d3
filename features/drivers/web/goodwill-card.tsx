import { formatNumber, useLocale } from '../../../web/format.ts'
import { Section } from '../../../web/ui/section.tsx'
import { useTranslation } from '../../../web/use-translation.ts'
import type { Estimate, Goodwill } from '../contract.ts'
import type { Outcome } from '../vocabulary.ts'
import { isSure } from './arrange.ts'
import classes from './drivers.module.css'
import { Strips } from './strips.tsx'
import { useDriverFigures } from './use-driver-words.ts'

/** Does goodwill earned before soften a later failure? */
export function GoodwillCard({ goodwill, outcome }: { goodwill: Goodwill; outcome: Outcome }) {
  const { t } = useTranslation('drivers')
  const locale = useLocale()
  const words = useDriverFigures(outcome, 'EUR')
  const { content, others, difference, persons } = goodwill
  const row = (key: 'content' | 'others', estimate: Estimate) => ({
    key,
    label: t(`goodwill.${key}`),
    estimate,
    value: words.plain(estimate.value),
    range: words.range(estimate),
  })
  return (
    <Section title={t('goodwill.title')} hint={t('goodwill.hint')}>
      <p className={classes.cardWords}>
        {t(`goodwill.${sayDirection(difference)}`, { difference: words.whole(difference) })}
      </p>
      <Strips rows={[row('content', content), row('others', others)]} />
      <p className={classes.quiet}>
        {t('goodwill.of', { count: persons, number: formatNumber(persons, locale) })}
      </p>
    </Section>
  )
}

/** The failure's effect on the content minus that on others: above zero it hurts them less. */
function sayDirection(difference: Estimate): 'softens' | 'sharpens' | 'unclear' {
  if (!isSure(difference)) return 'unclear'
  return difference.value > 0 ? 'softens' : 'sharpens'
}
