import { isChannel } from '../../../kernel/channels.ts'
import { formatDay, formatMoney, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { CostImport } from '../contract.ts'
import classes from './attribution.module.css'

/** What a file of costs holds, before anything is kept: how it was read, how much it is, and what can't be used. */
export function CostsFound({ found, name }: { found: CostImport; name: string }) {
  const { t } = useTranslation('attribution')
  const locale = useLocale()
  const { days, entries, replaced, campaigns, amount, currency, channels, problems, kind } = found
  const money = (one: number) => formatMoney(one, currency, locale)
  const told = channels.map(
    (one) => `${isChannel(one.channel) ? t(`channels:${one.channel}`) : one.channel} ${money(one.amount)}`,
  )
  return (
    <div className={classes.said}>
      <p>
        <strong>{name}</strong> · {t(`costs.kind.${kind}`)}
      </p>
      {days && (
        <p>
          {t('costs.found', {
            count: campaigns,
            from: formatDay(days.from, locale),
            to: formatDay(days.to, locale),
            amount: money(amount),
          })}
        </p>
      )}
      {told.length > 0 && <p>{t('costs.goTo', { channels: told.join(', ') })}</p>}
      {replaced > 0 && <p>{t('costs.replaced', { count: replaced, of: entries })}</p>}
      {problems.map((problem) => (
        <p key={problem} data-tone="lost" className={classes.problem}>
          {t(`costs.problem.${problem}`)}
        </p>
      ))}
      {found.bad > 0 && <BadRows found={found} />}
    </div>
  )
}

function BadRows({ found: { bad, rows, badRows } }: { found: CostImport }) {
  const { t } = useTranslation('attribution')
  return (
    <details className={classes.bad} open>
      <summary>{t('costs.bad', { count: bad, of: rows })}</summary>
      <ul>
        {badRows.map(({ line, reason, detail }) => (
          <li key={`${line} ${reason}`}>
            {t('costs.line', { line })}: {t(`costs.reason.${reason}`)} {detail && <q>{detail}</q>}
          </li>
        ))}
      </ul>
    </details>
  )
}
