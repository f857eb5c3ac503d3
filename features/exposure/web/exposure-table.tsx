import { useTranslation } from 'react-i18next'
import { FLOOR_NUMBER } from '../../../kernel/stats/floors.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import type { Estimate, ExposureAnswer, ExposureBin } from '../contract.ts'
import { isHappening } from '../vocabulary.ts'
import { findFilled } from './curve.ts'
import { useExposureWords } from './use-exposure.ts'

/** The same figures for whoever reads numbers rather than pictures. */
export function ExposureTable({ answer }: { answer: ExposureAnswer }) {
  const { t } = useTranslation('exposure')
  const { digits, bin } = useExposureWords(answer.outcome)
  const range = (one: Estimate | null, signed = false) =>
    one ? <Num value={one.value} low={one.low} high={one.high} digits={digits} signed={signed} /> : '–'
  const whole = (key: 'persons' | 'days' | 'events', header: string) => ({
    ...{ key, header, align: 'end' as const },
    cell: (row: ExposureBin) => <Num value={row[key]} />,
  })
  const estimates = [
    {
      ...{ key: 'adjusted', header: t('table.adjusted'), align: 'end' as const },
      cell: ({ adjusted, persons }: ExposureBin) =>
        persons < FLOOR_NUMBER ? t('ui:fewData') : range(adjusted),
    },
    {
      ...{ key: 'gain', header: t('table.gain'), align: 'end' as const },
      cell: ({ gain }: ExposureBin) => range(gain, true),
    },
  ]
  return (
    <Section title={t('table.title')} hint={t(`unit.${answer.outcome}`)} flush>
      <DataTable
        label={t('table.title')}
        list={wholeList(findFilled(answer.bins))}
        rowKey={({ from }) => String(from)}
        columns={[
          { key: 'bin', header: t('table.bin'), cell: bin },
          whole('persons', t('table.persons')),
          ...(isHappening(answer.outcome) ? [whole('days', t('table.days'))] : []),
          whole('events', t(`table.events.${answer.outcome}`)),
          {
            key: 'plain',
            header: t('table.plain'),
            align: 'end',
            cell: ({ plain, persons }) => (
              <Num value={persons < FLOOR_NUMBER ? null : plain} digits={digits} />
            ),
          },
          ...(answer.refusal === null ? estimates : []),
        ]}
        empty={null}
      />
    </Section>
  )
}
