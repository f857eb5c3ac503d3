import { UnstyledButton } from '@mantine/core'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Estimate } from '../../reports/web/parts.ts'
import { type ConformanceAnswer, PATH_CLASSES } from '../contract.ts'
import classes from './conformance.module.css'
import type { OpenPart } from './conformance-search.ts'

type ClassBarProps = { answer: ConformanceAnswer; open: (part: OpenPart) => void }

/** All journeys on the path by how they went: one bar, and the same in numbers that lead to their persons. */
export function ClassBar({ answer, open }: ClassBarProps) {
  const { t } = useTranslation('conformance')
  const locale = useLocale()
  const { figures } = answer
  const parts = PATH_CLASSES.flatMap((key) => {
    const share = figures.classes[key]
    return share && share.n > 0 ? [{ key, share }] : []
  })
  const beside = [
    { part: 'beside' as const, n: figures.beside.journeys?.n ?? 0 },
    { part: 'offPath' as const, n: figures.offPath },
  ].filter(({ n }) => n > 0)
  return (
    <>
      <div className={classes.bar} aria-hidden="true">
        {parts.map(({ key, share }) => (
          <span key={key} data-class={key} style={{ flexGrow: share.n }} />
        ))}
      </div>
      <ul className={classes.classes}>
        {parts.map(({ key, share }) => (
          <li key={key} data-class={key}>
            <UnstyledButton className={classes.whole} onClick={() => open({ part: key })}>
              {t(`class.${key}`)}
            </UnstyledButton>
            <Estimate {...share} n={share.of} />
          </li>
        ))}
      </ul>
      {beside.length > 0 && (
        <p className={classes.beside}>
          {beside.map(({ part, n }) => (
            <UnstyledButton key={part} className={classes.whole} onClick={() => open({ part })}>
              {t(`beside.${part}`, { count: n, number: formatNumber(n, locale) })}
            </UnstyledButton>
          ))}
        </p>
      )}
    </>
  )
}
