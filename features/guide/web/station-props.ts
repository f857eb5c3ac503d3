import type { Guide, Station } from '../contract.ts'

/** What every station of the guide is given. */
export type StationProps = {
  guide: Guide
  /** On to the next station, whether this one is done or not. */
  goOn: () => void
  goTo: (station: Station) => void
}
