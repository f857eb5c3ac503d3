import { UnstyledButton } from '@mantine/core'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Percent } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Estimate as Share } from '../../reports/web/parts.ts'
import type { ChannelMix, Estimate, MixItem } from '../contract.ts'
import { OTHER_MIXES } from '../vocabulary.ts'
import classes from './channel-mix.module.css'
import { SaidFigure } from './said-words.tsx'
import type { MixAddress } from './use-channel-mix.ts'
import { WayBadges } from './way-badges.tsx'

const PartOf = ({ part }: { part: Estimate | null }) =>
  part ? <Percent value={part.mean} low={part.low} high={part.high} digits={1} /> : '–'

/** Every combination of ways that is frequent enough to stand alone, and the rest together. */
export function MixesTable({ answer, look }: { answer: ChannelMix; look: MixAddress['look'] }) {
  const { t } = useTranslation('channel-mix')
  const locale = useLocale()
  return (
    <Section title={t('mixes.title')} hint={t('mixes.hint')} flush>
      <div className={classes.wide}>
        <DataTable<MixItem>
          label={t('mixes.title')}
          list={wholeList(answer.mixes)}
          rowKey={({ key }) => String(key)}
          columns={[
            {
              key: 'ways',
              header: t('mixes.ways'),
              cell: ({ key, ways }) => <WayBadges ways={ways} isOthers={key === OTHER_MIXES} />,
            },
            {
              key: 'orders',
              header: t('mixes.orders'),
              align: 'end',
              cell: (mix) => <Orders mix={mix} look={look} />,
            },
            {
              key: 'share',
              header: t('mixes.share'),
              align: 'end',
              cell: ({ share }) => <PartOf part={share} />,
            },
            {
              key: 'revenue',
              header: t('mixes.revenue'),
              align: 'end',
              cell: ({ revenueShare }) => <PartOf part={revenueShare} />,
            },
            {
              key: 'problems',
              header: t('mixes.problems'),
              align: 'end',
              cell: ({ problems, orders }) => (
                <span className="num">{formatPercent(problems / orders, locale)}</span>
              ),
            },
            {
              key: 'bought',
              header: t('mixes.boughtOut'),
              align: 'end',
              cell: ({ boughtOut: b }) =>
                b ? (
                  <Share share={b.mean} low={b.low} high={b.high} n={b.n} />
                ) : (
                  <span data-quiet>{t('ui:fewData')}</span>
                ),
            },
            {
              key: 'raw',
              header: t('mixes.raw'),
              align: 'end',
              cell: ({ said }) => <SaidFigure estimate={said.raw} />,
            },
            {
              key: 'adjusted',
              header: t('mixes.adjusted'),
              align: 'end',
              cell: ({ said }) =>
                said.raw && !said.adjusted ? (
                  <span data-quiet>{t('noMatch')}</span>
                ) : (
                  <SaidFigure estimate={said.adjusted} />
                ),
            },
            {
              key: 'heard',
              header: t('mixes.heard'),
              align: 'end',
              cell: ({ said }) => <span className="num">{formatPercent(said.heardShare, locale)}</span>,
            },
          ]}
          empty={null}
        />
      </div>
    </Section>
  )
}

function Orders({ mix, look }: { mix: MixItem; look: MixAddress['look'] }) {
  const { t } = useTranslation('channel-mix')
  const number = formatNumber(mix.orders, useLocale())
  if (mix.key === OTHER_MIXES) return <span className="num">{number}</span>
  return (
    <UnstyledButton
      className={classes.count}
      onClick={() => look({ mix: mix.key })}
      aria-label={t('mixes.show', { number })}
    >
      {number}
    </UnstyledButton>
  )
}
