import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ChannelMix, MixChange } from '../contract.ts'
import { listWays, OTHER_MIXES } from '../vocabulary.ts'
import { WayBadges } from './way-badges.tsx'

/** Differences found with a false discovery rate up to this count as found. */
const FOUND = 0.05

/** How this side differs from the one it is compared with; what chance may have made says so. */
export function MixChanges({ changes }: { changes: ChannelMix['changes'] }) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  const write = ({ about }: MixChange, value: number) =>
    about === 'share'
      ? formatPercent(value, locale, { signed: true, digits: 1 })
      : formatNumber(value, locale, { signed: true, digits: 1 })
  const rows = changes.filter(({ mix }) => mix !== OTHER_MIXES)
  return (
    <Section title={t('changes.title')} hint={t('changes.hint')} flush>
      <DataTable<MixChange>
        label={t('changes.title')}
        list={wholeList(rows)}
        rowKey={({ group, mix, about }) => `${group} ${mix} ${about}`}
        columns={[
          {
            key: 'who',
            header: t('changes.who'),
            cell: ({ group, mix }) =>
              group ? <strong>{t(`group.${group}`)}</strong> : <WayBadges ways={listWays(mix ?? 0)} />,
          },
          { key: 'about', header: t('changes.about'), cell: ({ about }) => t(`changes.${about}`) },
          {
            key: 'difference',
            header: t('changes.difference'),
            align: 'end',
            cell: (change) => (
              <span className="num">
                {write(change, change.difference)}{' '}
                <small className="range">
                  {t('range', { low: write(change, change.low), high: write(change, change.high) })}
                </small>
              </span>
            ),
          },
          {
            key: 'verdict',
            header: t('changes.verdict'),
            cell: ({ rate, difference }) =>
              rate > FOUND ? (
                <span data-quiet>{t('changes.chance')}</span>
              ) : (
                t(difference > 0 ? 'changes.more' : 'changes.less')
              ),
          },
        ]}
        empty={<p style={{ padding: '0 20px 20px' }}>{t('changes.few')}</p>}
      />
    </Section>
  )
}
