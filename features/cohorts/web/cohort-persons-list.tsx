import { Button } from '@mantine/core'
import { formatDay, useLocale } from '../../../web/format.ts'
import { useShop, useTimeZone } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import { Chooser } from '../../reports/web/parts.ts'
import type { CohortPerson, CohortsAnswer } from '../contract.ts'
import classes from './cohorts.module.css'
import { type CohortsSearch, PERSON_KINDS, toQuery } from './cohorts-search.ts'
import type { CohortsAddress } from './use-cohorts.ts'

/** Who stands behind the cell that was clicked. */
export function CohortPersonsList({ answer, address }: { answer: CohortsAnswer; address: CohortsAddress }) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const { search, look, close } = address
  const { cohort, stretch, kind = 'within' } = search
  if (!cohort || !stretch || !answer.cohorts.some(({ from }) => from === cohort)) return null
  const words = { n: stretch, day: formatDay(cohort, locale) }
  return (
    <Section
      title={t(`people.title.${answer.size}`, words)}
      actions={
        <div className={classes.listHead}>
          <Chooser
            label={t('people.who')}
            value={kind}
            data={PERSON_KINDS.map((value) => ({ value, label: t(`people.${value}.${answer.size}`, words) }))}
            onChoose={(next) => look({ kind: PERSON_KINDS.find((one) => one === next) })}
          />
          <Button variant="default" size="sm" onClick={close}>
            {t('people.close')}
          </Button>
        </div>
      }
      flush
    >
      <List search={{ ...search, kind }} />
    </Section>
  )
}

function List({ search }: { search: CohortsSearch }) {
  const { t } = useTranslation('cohorts')
  const locale = useLocale()
  const { id } = useShop()
  const { split: _, compare: __, ...query } = toQuery(search, new Date(), useTimeZone())
  const { cohort, stretch, kind } = search
  const list = useCursorList<CohortPerson>(`/shops/${id}/cohorts/persons`, {
    ...query,
    cohort,
    stretch,
    kind,
  })
  return (
    <DataTable
      label={t('people.label')}
      list={list}
      columns={[
        {
          key: 'name',
          header: t('people.person'),
          cell: ({ name }) => name ?? <span data-quiet>{t('people.unnamed')}</span>,
        },
        {
          key: 'first',
          header: t('people.first'),
          align: 'end',
          cell: ({ firstOn }) => formatDay(firstOn, locale),
        },
      ]}
      rowKey={(person) => person.id}
      rowLink={(person) => ({
        to: '/s/$shop/people/$person',
        params: { shop: String(id), person: person.id },
      })}
      empty={<EmptyState title={t('people.nobody')} />}
    />
  )
}
