import { SegmentedControl, UnstyledButton } from '@mantine/core'
import { IconArrowLeft } from '@tabler/icons-react'
import { formatNumber, formatPercent, useLocale } from '../../../web/format.ts'
import { useShop } from '../../../web/shop-context.tsx'
import { type Column, DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { MapPerson, MapQuestion, MapStage, MapTouchpoint } from '../contract.ts'
import { LISTS, type PeopleKind } from './map-search.ts'
import type { MapView } from './map-view.ts'
import classes from './panel.module.css'

type PanelPeopleProps = {
  stage: MapStage
  touchpoint: MapTouchpoint | undefined
  view: MapView
  question: MapQuestion
}

/** The persons behind a figure, each leading to their path. */
export function PanelPeople({ stage, touchpoint, view, question }: PanelPeopleProps) {
  const { t } = useTranslation('journeys')
  const { id } = useShop()
  const kind = view.search.people ?? 'present'
  const { from, to, segment } = question
  const list = useCursorList<MapPerson>(`/shops/${id}/journey-map/persons`, {
    stage: stage.key,
    touchpoint: touchpoint?.key,
    kind,
    from,
    to,
    segment,
  })
  const columns: Column<MapPerson>[] = [
    {
      key: 'name',
      header: t('who.person'),
      cell: ({ name }) => name ?? <span data-quiet>{t('who.unnamed')}</span>,
    },
    { key: 'felt', header: t('who.outcome'), cell: (person) => <Outcome person={person} /> },
    { key: 'last', header: t('who.last'), align: 'end', cell: ({ lastAt }) => <DateTime at={lastAt} /> },
  ]
  return (
    <section className={classes.people}>
      <UnstyledButton className={classes.who} onClick={() => view.openPeople(undefined)}>
        <IconArrowLeft size={15} stroke={1.8} /> {t('who.back')}
      </UnstyledButton>
      <SegmentedControl
        fullWidth
        size="xs"
        aria-label={t('who.label')}
        value={kind}
        onChange={(next) => view.openPeople(next as PeopleKind)}
        data={LISTS.map((value) => ({ value, label: t(`who.kind.${value}`) }))}
      />
      <DataTable
        label={t(`who.${kind}`)}
        list={list}
        columns={columns}
        rowKey={(person) => person.id}
        rowLink={(person) => ({
          to: '/s/$shop/people/$person',
          params: { shop: String(id), person: person.id },
        })}
        empty={<EmptyState title={t('who.nobody')} />}
      />
    </section>
  )
}

/** What one person said, and how far standards were kept for them: facts, so without a range. */
function Outcome({ person: { said, kept } }: { person: MapPerson }) {
  const locale = useLocale()
  const tone = (value: number, low: number, high: number) =>
    value > high ? 'won' : value < low ? 'lost' : 'even'
  return (
    <span className={classes.outcome}>
      {said !== null && (
        <span data-tone={tone(said, 0, 0)}>{formatNumber(said, locale, { signed: true })}</span>
      )}
      {kept !== null && <span data-tone={tone(kept, 0.5, 0.5)}>{formatPercent(kept, locale)}</span>}
    </span>
  )
}
