import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { Estimate } from '../../reports/web/parts.ts'
import type { FlowAnswer } from '../contract.ts'
import { DifferenceText } from './difference-text.tsx'
import { spotOf, useFlowWords } from './flow-words.ts'
import classes from './paths.module.css'
import type { Who } from './paths-search.ts'

interface FlowTableProps {
  answer: FlowAnswer
  nameOf: (key: string) => string
  open: (who: Who) => void
}

/** The same flow for those who can't see the picture, or want its numbers: from where to where, how many. */
export function FlowTable({ answer, nameOf, open }: FlowTableProps) {
  const { t } = useTranslation('paths')
  const words = useFlowWords(nameOf)
  const isCompared = answer.meta.compared !== null
  return (
    <Section title={t('flow.table')} hint={t('flow.tableHint')} flush>
      <div className={classes.tall}>
        <DataTable
          label={t('flow.table')}
          list={wholeList(listLinks(answer))}
          rowKey={({ link }) => `${link.column} ${link.from} ${link.to}`}
          columns={[
            { key: 'from', header: t('table.from'), cell: ({ from }) => words.name(from) },
            {
              key: 'place',
              header: t('table.step'),
              align: 'end',
              cell: ({ link }) => <Num value={link.column + 1} />,
            },
            { key: 'to', header: t('table.to'), cell: ({ to }) => words.name(to) },
            {
              key: 'n',
              header: t('table.n'),
              align: 'end',
              cell: (row) => <LinkCount row={row} {...{ answer, nameOf, open }} />,
            },
            {
              key: 'share',
              header: t('table.share'),
              align: 'end',
              cell: ({ link }) => (
                <Estimate share={link.share ?? 0} low={link.low} high={link.high} n={link.of} />
              ),
            },
            ...(isCompared ? [differenceColumn(t('table.difference'))] : []),
          ]}
          empty={null}
        />
      </div>
    </Section>
  )
}

type Row = ReturnType<typeof listLinks>[number]

const differenceColumn = (header: string) => ({
  key: 'difference',
  header,
  align: 'end' as const,
  cell: ({ link }: Row) => <DifferenceText of={link} />,
})

function LinkCount({ row, answer, nameOf, open }: FlowTableProps & { row: Row }) {
  const { t } = useTranslation('paths')
  const words = useFlowWords(nameOf)
  const { link, from, to } = row
  return (
    <UnstyledButton
      className={classes.number}
      aria-label={t('table.who', { from: words.name(from), to: words.name(to), count: link.n })}
      onClick={() =>
        open({
          column: link.column,
          spot: spotOf(answer, { node: from, column: link.column }),
          next: spotOf(answer, { node: to, column: link.column + 1 }),
        })
      }
    >
      <Num value={link.n} />
    </UnstyledButton>
  )
}

/** Links with the nodes they join, column by column, the widest first. */
export function listLinks({ columns, links }: FlowAnswer) {
  return links
    .flatMap((link) => {
      const from = columns[link.column]?.[link.from]
      const to = columns[link.column + 1]?.[link.to]
      return from && to ? [{ link, from, to }] : []
    })
    .sort((a, b) => a.link.column - b.link.column || b.link.n - a.link.n)
}
