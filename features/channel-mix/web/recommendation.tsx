import { DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ChannelMix } from '../contract.ts'
import { SaidFigure } from './said-words.tsx'

/** How likely they are to recommend the shop, where they were asked. */
export function Recommendation({ groups }: { groups: ChannelMix['groups'] }) {
  const { t } = useTranslation('channel-mix')
  const asked = groups.filter(({ recommendation }) => recommendation.raw !== null)
  if (asked.length === 0) return null
  return (
    <Section title={t('recommend.title')} hint={t('recommend.hint')} flush>
      <DataTable<ChannelMix['groups'][number]>
        label={t('recommend.title')}
        list={wholeList(asked)}
        rowKey={({ key }) => key}
        columns={[
          { key: 'group', header: t('recommend.group'), cell: ({ key }) => t(`group.${key}`) },
          {
            key: 'raw',
            header: t('mixes.raw'),
            align: 'end',
            cell: ({ recommendation: { raw } }) => <SaidFigure scale="recommendation" estimate={raw} />,
          },
          {
            key: 'adjusted',
            header: t('mixes.adjusted'),
            align: 'end',
            cell: ({ recommendation: { adjusted } }) =>
              adjusted ? (
                <SaidFigure scale="recommendation" estimate={adjusted} />
              ) : (
                <span data-quiet>{t('noMatch')}</span>
              ),
          },
        ]}
        empty={null}
      />
    </Section>
  )
}
