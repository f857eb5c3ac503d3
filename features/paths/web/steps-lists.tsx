import { UnstyledButton } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { formatNumber, useLocale } from '../../../web/format.ts'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { Num } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import { useFlowWords } from './flow-words.ts'
import { formatDuration } from './format-duration.ts'
import classes from './paths.module.css'
import { ShareCell } from './share-cell.tsx'
import type { Edge } from './steps-layout.ts'
import type { StepsPictureProps } from './steps-picture.tsx'

const SHOWN = 6

/** Where customers turn in circles and where paths break off, in sentences; each leads to its persons. */
export function StepsSentences(props: StepsPictureProps) {
  return (
    <div className={classes.pair}>
      <DeadEnds {...props} />
      <Loops {...props} />
    </div>
  )
}

function DeadEnds({ answer, nameOf, open }: StepsPictureProps) {
  const { t } = useTranslation('paths')
  const words = useFlowWords(nameOf)
  const lost = answer.totals.left.n
  const ends = answer.nodes
    .filter(({ ended }) => ended.left > 0)
    .sort((a, b) => b.ended.left - a.ended.left)
    .slice(0, SHOWN)
  return (
    <Section title={t('ends.title')} hint={t('ends.hint', { count: lost })}>
      <ul className={classes.sentences}>
        {ends.map(({ key, ended, n }) => (
          <Sentence key={key} onOpen={() => open({ line: 'ended', step: key })}>
            {t('ends.say', {
              name: nameOf(key),
              count: ended.left,
              ofLost: words.plain(ended.left, lost),
              ofMet: words.plain(ended.left, n),
            })}
          </Sentence>
        ))}
        {ends.length === 0 && <li>{t('ends.none')}</li>}
      </ul>
    </Section>
  )
}

function Loops({ answer, nameOf, open }: StepsPictureProps) {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const words = useFlowWords(nameOf)
  const number = (value: number) => formatNumber(value, locale)
  const loops = answer.nodes
    .filter(({ again }) => again.units > 0)
    .sort((a, b) => b.again.units - a.again.units)
    .slice(0, SHOWN)
  return (
    <Section title={t('loops.title')} hint={t('loops.hint')}>
      <ul className={classes.sentences}>
        {answer.returns.slice(0, SHOWN).map(({ from, to, n, of, times }) => (
          <Sentence key={`${from} ${to}`} onOpen={() => open({ line: 'returned', step: from, step2: to })}>
            {t('loops.back', {
              from: nameOf(from),
              to: nameOf(to),
              count: n,
              times: number(times),
              share: words.plain(n, of),
            })}
          </Sentence>
        ))}
        {loops.map(({ key, again }) => (
          <Sentence key={key} onOpen={() => open({ line: 'followed', step: key, step2: key })}>
            {t('loops.again', { name: nameOf(key), count: again.units, times: number(again.times) })}
          </Sentence>
        ))}
        {answer.returns.length + loops.length === 0 && <li>{t('loops.none')}</li>}
      </ul>
    </Section>
  )
}

function Sentence({ onOpen, children }: { onOpen: () => void; children: string }) {
  return (
    <li>
      <UnstyledButton className={classes.sentence} onClick={onOpen}>
        {children}
      </UnstyledButton>
    </li>
  )
}

/** Every edge in numbers. */
export function StepsTable(props: StepsPictureProps) {
  const { t } = useTranslation('paths')
  return (
    <Section title={t('steps.table')} hint={t('steps.tableHint')} flush>
      <div className={classes.tall}>
        <DataTable
          label={t('steps.table')}
          list={wholeList(props.answer.edges)}
          rowKey={({ from, to }) => `${from} ${to}`}
          columns={useColumns(props)}
          empty={null}
        />
      </div>
    </Section>
  )
}

function useColumns({ nameOf, open }: StepsPictureProps): Column<Edge>[] {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const time = (seconds: number) => formatDuration(seconds, locale)
  return [
    { key: 'from', header: t('table.from'), cell: ({ from }) => nameOf(from) },
    { key: 'to', header: t('table.to'), cell: ({ to }) => nameOf(to) },
    { key: 'times', header: t('table.times'), align: 'end', cell: ({ times }) => <Num value={times} /> },
    {
      key: 'n',
      header: t('table.n'),
      align: 'end',
      cell: ({ from, to, n }) => (
        <UnstyledButton
          className={classes.number}
          aria-label={t('table.who', { from: nameOf(from), to: nameOf(to), count: n })}
          onClick={() => open({ line: 'followed', step: from, step2: to })}
        >
          <Num value={n} />
        </UnstyledButton>
      ),
    },
    { key: 'share', header: t('table.share'), align: 'end', cell: (edge) => <ShareCell of={edge} /> },
    {
      key: 'took',
      header: t('table.took'),
      align: 'end',
      cell: ({ took }) => (
        <span className="num">
          {time(took.half)}{' '}
          <small className="range">
            {t('table.between', { low: time(took.quarter), high: time(took.most) })}
          </small>
        </span>
      ),
    },
  ]
}
