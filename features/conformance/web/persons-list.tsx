import { Button } from '@mantine/core'
import { useShop } from '../../../web/shop-context.tsx'
import { DataTable } from '../../../web/ui/data-table.tsx'
import { DateTime } from '../../../web/ui/date-time.tsx'
import { EmptyState } from '../../../web/ui/empty-state.tsx'
import { Section } from '../../../web/ui/section.tsx'
import { useCursorList } from '../../../web/use-cursor-list.ts'
import { useTranslation } from '../../../web/use-translation.ts'
import type { ConformanceAnswer, ConformancePerson } from '../contract.ts'
import { type ConformanceAddress, useConformanceQuery } from './use-conformance.ts'
import { useStepNames } from './use-step-names.ts'

type ListProps = { answer: ConformanceAnswer; address: ConformanceAddress }

/** Who stands behind the number that was clicked. */
export function PersonsList({ answer, address }: ListProps) {
  const { t } = useTranslation('conformance')
  const title = useListTitle(answer, address)
  if (address.search.part === undefined) return null
  return (
    <Section
      title={title}
      hint={t('people.hint')}
      actions={
        <Button variant="default" size="sm" onClick={() => address.open({})}>
          {t('people.close')}
        </Button>
      }
      flush
    >
      <List answer={answer} address={address} />
    </Section>
  )
}

function useListTitle({ steps }: ConformanceAnswer, { search }: ConformanceAddress): string {
  const { t } = useTranslation('conformance')
  const { nameStep, nameStage } = useStepNames()
  const { part = 'followed', step, stage, toStep, side, by } = search
  const name = (at: number | undefined) => {
    const found = steps[(at ?? 0) - 1]
    return found ? nameStep(found) : t('step.start')
  }
  if (part === 'move') return t('people.move', { from: name(step), to: name(toStep) })
  if (part === 'contrast')
    return t('people.contrast', {
      step: name(step),
      what: t(side === 'conforming' ? 'people.conforming' : `contrast.${by ?? 'skipped'}`),
    })
  if (part === 'offPath' || part === 'beside') return t(`people.${part}`)
  if (stage !== undefined) return t('people.place', { place: nameStage(stage), what: t(`part.${part}`) })
  if (step !== undefined) return t('people.place', { place: name(step), what: t(`part.${part}`) })
  return t(`class.${part}`)
}

function List({ answer, address: { search } }: ListProps) {
  const { t } = useTranslation('conformance')
  const { id } = useShop()
  const { compare: _, ...query } = useConformanceQuery(search)
  const { part, step, stage, toStep, by, side } = search
  const list = useCursorList<ConformancePerson>(`/shops/${id}/conformance/persons`, {
    ...query,
    ...{ scenario: answer.scenario.id, part, step, stage, toStep, by, side },
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
        { key: 'at', header: t('people.at'), align: 'end', cell: ({ at }) => <DateTime at={at} /> },
      ]}
      rowKey={(person) => `${person.id} ${person.at}`}
      rowLink={(person) => ({
        to: '/s/$shop/people/$person',
        params: { shop: String(id), person: person.id },
      })}
      empty={<EmptyState title={t('people.nobody')} />}
    />
  )
}
