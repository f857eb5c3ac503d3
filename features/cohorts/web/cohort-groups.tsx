import { DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { CohortsAnswer } from '../contract.ts'
import type { Mode } from './cohorts-search.ts'
import { digitsOf } from './curve-shape.ts'
import { useGroupName } from './use-cohorts.ts'

/** Stretches that are put beside each other; all of them are in the file. */
const SHOWN = [1, 2, 4, 8, 12]

/** The mean of each channel of the first contact. */
export function CohortGroups({ answer, mode }: { answer: CohortsAnswer; mode: Mode }) {
  const { t } = useTranslation('cohorts')
  const nameGroup = useGroupName()
  return (
    <Section title={t('groups.title')} hint={t('groups.hint')} flush>
      <DataTable
        label={t('groups.title')}
        list={wholeList(answer.groups)}
        rowKey={({ value }) => value ?? '…'}
        columns={[
          { key: 'value', header: t('groups.value'), cell: ({ value }) => nameGroup(value) },
          { key: 'n', header: t('table.persons'), align: 'end', cell: ({ n }) => <Num value={n} /> },
          ...SHOWN.map((n) => ({
            key: String(n),
            header: t(`table.stretch.${answer.size}`, { n }),
            align: 'end' as const,
            cell: ({ mean }: CohortsAnswer['groups'][number]) => {
              const cell = mean[n - 1]
              return cell ? (
                <Estimate {...cell[mode]} n={cell.of} digits={digitsOf(cell[mode].share)} />
              ) : (
                <span data-quiet>–</span>
              )
            },
          })),
        ]}
        empty={null}
      />
    </Section>
  )
}
