import { useNavigate, useSearch } from '@tanstack/react-router'
import type { MapQuestion } from '../contract.ts'
import { dropEmpty, type MapSearch, readSearch } from './map-search.ts'
import { type Names, useNames } from './names.ts'
import { type DecisionMark, useDecisions } from './use-decisions.ts'
import type { Pulses } from './use-journey-map.ts'

/** What all parts of the map share: the address and how to change it, the names, what is coming in. */
export type MapView = ReturnType<typeof useMapAddress> & {
  names: Names
  pulses: Pulses
  decisions: DecisionMark[]
}

/**
 * The address holds the whole question and what lies open, so that both can be sent to a colleague. Opening is a
 * step of its own for the back button; narrowing the question is not.
 */
export function useMapAddress() {
  const navigate = useNavigate()
  const search = readSearch(useSearch({ strict: false }) as Record<string, unknown>)
  const go = (next: MapSearch, replace: boolean) =>
    void navigate({ to: '.', search: dropEmpty(next) as never, replace, resetScroll: false })
  return {
    search,
    change: (part: MapSearch) => go({ ...search, ...part }, true),
    open: (stage: string, touchpoint?: string) =>
      go({ ...search, stage, touchpoint, people: undefined }, false),
    openPeople: (people: MapSearch['people']) => go({ ...search, people }, false),
    close: () => go({ ...search, stage: undefined, touchpoint: undefined, people: undefined }, false),
  }
}

export function useMapView(question: MapQuestion, pulses: Pulses): MapView {
  const address = useMapAddress()
  const names = useNames(address.search)
  return { ...address, names, pulses, decisions: useDecisions(question, names) }
}
