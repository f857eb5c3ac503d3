import { UnstyledButton } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Money, Num, Percent } from '../../../web/ui/numbers.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { wholeList } from '../../../web/use-cursor-list.ts'
import type { VariantsAnswer } from '../contract.ts'
import { formatDuration } from './format-duration.ts'
import classes from './paths.module.css'
import type { Who } from './paths-search.ts'
import { ShareCell } from './share-cell.tsx'

type Variant = VariantsAnswer['variants'][number]

interface VariantsListProps {
  answer: VariantsAnswer
  nameOf: (key: string) => string
  open: (who: Who) => void
}

/** How a variant is named to the server. */
export const nameVariant = ({ path, isCut }: Pick<Variant, 'path' | 'isCut'>): string =>
  [...path, ...(isCut ? ['…'] : [])].join(' > ')

/** The distinct paths, each a row of chips, the most frequent first. */
export function VariantsList(props: VariantsListProps) {
  const { answer } = props
  const { t } = useTranslation('paths')
  return (
    <Section
      title={t('variants.title')}
      hint={t('variants.hint', {
        shown: answer.variants.filter(({ n }) => n > 0).length,
        count: answer.found,
      })}
      flush
    >
      <DataTable
        label={t('variants.title')}
        list={wholeList(answer.variants)}
        rowKey={nameVariant}
        columns={useColumns(props)}
        empty={<EmptyState title={t('variants.none')}>{t('variants.noneWhy')}</EmptyState>}
      />
    </Section>
  )
}

function useColumns({ nameOf, open }: VariantsListProps): Column<Variant>[] {
  const { t } = useTranslation('paths')
  const locale = useLocale()
  const { currency } = useShop()
  const figure = (key: string, header: string, cell: (one: Variant) => ReactNode): Column<Variant> => ({
    ...{ key, header, cell },
    align: 'end',
  })
  return [
    {
      key: 'path',
      header: t('variants.path'),
      cell: (one) => <Chips variant={one} nameOf={nameOf} />,
    },
    figure('n', t('table.n'), (one) => (
      <UnstyledButton
        className={classes.number}
        aria-label={t('variants.who', { count: one.n })}
        onClick={() => open({ variant: nameVariant(one) })}
      >
        <Num value={one.n} />
      </UnstyledButton>
    )),
    figure('share', t('table.share'), (one) => <ShareCell of={one} />),
    figure('coverage', t('variants.coverage'), (one) => <Percent value={one.coverage} />),
    figure('ordered', t('variants.ordered'), ({ ordered }) => <ShareCell of={ordered} />),
    figure('took', t('variants.took'), (one) =>
      one.n === 0 ? '–' : formatDuration(one.medianSeconds, locale),
    ),
    figure('value', t('variants.value'), (one) => <Money amount={one.value} currency={currency} />),
  ]
}

const SHOWN = 14

function Chips({ variant, nameOf }: { variant: Variant; nameOf: (key: string) => string }) {
  const { t } = useTranslation('paths')
  const shown = variant.path.slice(0, SHOWN)
  const more = variant.path.length - shown.length
  return (
    <ol className={classes.chips}>
      {shown.map((key, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a step is its place
        <li key={at}>{nameOf(key)}</li>
      ))}
      {(more > 0 || variant.isCut) && (
        <li data-quiet>{variant.isCut ? t('variants.cut') : t('variants.more', { count: more })}</li>
      )}
    </ol>
  )
}
