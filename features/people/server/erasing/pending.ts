/** What the event store has still to forget; removed as soon as it has. */
export interface PendingErasure {
  person: string
  identities: string[]
  /** As they stand in rejected messages, which know no identity. */
  values: { ids: string[]; contacts: string[] }
  /** Events received before this instant, ms since 1970; what came later belongs to a new person. */
  before: number
  /** Links up to this version are forgotten; later ones are a new person's. */
  linkVersion: number
}
