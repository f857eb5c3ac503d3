import { formatDay, formatInstant, formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ReportMeta } from '../contract.ts'
import { writeSample } from './sample-banner.tsx'

export interface Fact {
  key: string
  name: string
  value: string
}

type Side = Pick<ReportMeta, 'fromDay' | 'toDay' | 'segment'>

/** What a report rests on, fact by fact, as its foot and its files say it. */
export function useReportFacts(): (meta: ReportMeta) => Fact[] {
  const { t } = useTranslation('reports')
  const locale = useLocale()
  const days = ({ fromDay, toDay }: Side) => `${formatDay(fromDay, locale)} – ${formatDay(toDay, locale)}`
  const who = ({ segment }: Side) => segment?.name ?? t('fact.everyone')
  const number = (value: number) => formatNumber(value, locale)
  return (meta) => {
    const { compared, sample, n, timeZone } = meta
    const computed = formatInstant(new Date(meta.computedAt), locale, timeZone)
    const facts: [string, string | undefined][] = [
      ['period', days(meta)],
      ['segment', who(meta)],
      ['compared', compared ? `${days(compared)}, ${who(compared)}` : undefined],
      ['n', n === null ? undefined : number(n)],
      ['sample', sample === null ? undefined : writeSample(sample, locale)],
      ['unidentified', formatPercent(meta.unidentifiedShare, locale, { digits: 1 })],
      ['rejected', number(meta.rejected)],
      ['duplicates', number(meta.duplicates)],
      ['lag', sayLag(meta.lagSeconds, t)],
      ['zone', timeZone],
      ['versions', t('fact.versionsOf', { links: meta.linkVersion, rules: meta.rulesVersion })],
      ['computed', computed],
    ]
    return facts.flatMap(([key, value]) =>
      value === undefined ? [] : [{ key, name: t(`fact.${key}`), value }],
    )
  }
}

function sayLag(seconds: number, t: ReturnType<typeof useTranslation>['t']): string {
  if (seconds < 1) return t('lag.none')
  if (seconds < 120) return t('lag.seconds', { count: Math.round(seconds) })
  return t('lag.minutes', { count: Math.round(seconds / 60) })
}
