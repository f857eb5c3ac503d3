import { useTranslation } from 'react-i18next'
import type { FunnelAnswer } from '../contract.ts'
import { STANDARD_STEPS } from '../vocabulary.ts'
import type { FunnelSearch, OpenList } from './funnel-search.ts'
import { PersonsList } from './persons-list.tsx'
import { type FunnelAddress, useFunnelQuery } from './use-funnel.ts'
import { useFunnelNames } from './use-names.ts'

/** Who stands behind the number that was clicked. */
export function FunnelPersonsList({ answer, address }: { answer: FunnelAnswer; address: FunnelAddress }) {
  const { t } = useTranslation('funnels')
  const { nameStep, nameValue } = useFunnelNames()
  const { list, by = '' } = address.search
  const query = usePersonsQuery(address.search, answer)
  const step = list && (list.isCart ? listCartSteps()[list.step - 1] : answer.steps[list.step - 1]?.step)
  if (!list || !step || !query) return null
  const of = list.isRest ? t('groups.others') : list.group === undefined ? '' : nameValue(by, list.group)
  const parts = [
    t(`people.${list.kind}`, { step: nameStep(step) }),
    of,
    list.isOther ? t('people.otherSide') : '',
  ]
  return (
    <PersonsList
      title={parts.filter((part) => part !== '').join(' · ')}
      path="funnel/persons"
      query={query}
      close={() => address.open(undefined)}
    />
  )
}

function usePersonsQuery(search: FunnelSearch, answer: FunnelAnswer) {
  const { by, ...query } = useFunnelQuery(search)
  const { list } = search
  if (!list) return undefined
  const { step, kind, isOther, isCart } = list
  return {
    ...query,
    ...(isCart && { steps: JSON.stringify(listCartSteps()) }),
    ...whichGroup(list, by, answer),
    step,
    kind,
    side: isOther ? ('other' as const) : undefined,
  }
}

function whichGroup({ group, isRest }: OpenList, by: string | undefined, { groups }: FunnelAnswer) {
  if (group !== undefined) return { by, values: JSON.stringify([group]) }
  if (!isRest) return {}
  const shown = groups.flatMap(({ value }) => (value === null ? [] : [value]))
  return { by, values: JSON.stringify(shown), outside: true }
}

/** Who had something in the cart, and then ordered. */
function listCartSteps() {
  const [, , cart, , order] = STANDARD_STEPS
  const { optional: _, ...first } = cart as (typeof STANDARD_STEPS)[number]
  return [first, order as (typeof STANDARD_STEPS)[number]]
}
