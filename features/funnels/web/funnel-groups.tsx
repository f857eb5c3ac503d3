import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { FunnelAnswer } from '../contract.ts'
import classes from './funnel.module.css'
import { useFieldName } from './funnel-choosers.tsx'
import { digitsOf } from './share-digits.ts'
import type { FunnelAddress } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

type Group = FunnelAnswer['groups'][number]
type GroupsProps = { answer: FunnelAnswer; by: string; open: FunnelAddress['open'] }

/** The same way told apart by device, channel or anything else: how many at every step, and the share of those who began. */
export function FunnelGroups({ answer, by, open }: GroupsProps) {
  const { t } = useTranslation('funnels')
  const { nameStep, nameValue } = useFunnelNames()
  const nameOf = useFieldName()
  const label = t('groups.title', { field: nameOf(by) })
  return (
    <div className={classes.tight}>
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
              cell: (group: Group) => <GroupCell group={group} index={index} open={open} />,
            })),
          ]}
          empty={null}
        />
      </Section>
    </div>
  )
}

type CellProps = { group: Group; index: number; open: FunnelAddress['open'] }

function GroupCell({ group: { value, n, shares }, index, open }: CellProps) {
  const locale = useLocale()
  const share = shares[index]
  const show = () =>
    open({
      step: index + 1,
      kind: 'reached',
      ...(value === null ? { isRest: true } : { group: value }),
    })
  return (
    <span className={classes.cell}>
      <UnstyledButton className={classes.who} onClick={show}>
        {formatNumber(n[index] ?? 0, locale)}
      </UnstyledButton>
      {index > 0 && share && <Estimate {...share} n={share.of} digits={digitsOf(share.share)} />}
    </span>
  )
}
