import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Num, Percent } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import type { FunnelAnswer } from '../contract.ts'
import { useFunnelNames } from './use-names.ts'

/** The same way told apart by device, channel or city: the number who began, then the share at every step. */
export function FunnelGroups({ answer, by }: { answer: FunnelAnswer; by: string }) {
  const { t } = useTranslation('funnels')
  const { nameStep, nameValue } = useFunnelNames()
  const label = t('groups.title')
  return (
    <Section title={label} hint={t('groups.hint')} flush>
      <DataTable
        label={label}
        list={wholeList(answer.groups)}
        rowKey={({ value }) => value ?? '…'}
        columns={[
          { key: 'value', header: t('groups.value'), cell: ({ value }) => nameValue(by, value) },
          ...answer.steps.map(({ step }, index) => ({
            key: String(index),
            header: nameStep(step),
            align: 'end' as const,
            cell: ({ n }: FunnelAnswer['groups'][number]) => <GroupCell n={n} index={index} />,
          })),
        ]}
        empty={null}
      />
    </Section>
  )
}

function GroupCell({ n, index }: { n: readonly number[]; index: number }) {
  const [count = 0, first = 0] = [n[index], n[0]]
  if (index === 0) return <Num value={count} />
  return (
    <span>
      <Num value={count} /> · <Percent value={first > 0 ? count / first : 0} />
    </span>
  )
}
