/** What a path brought: how many journeys of it converted, what they were worth, how many didn't convert. */
export interface PathWeight {
  conversions: number
  value: number
  nulls: number
}

/** What a channel is credited with. */
export interface Credit {
  conversions: number
  value: number
  /** 1 − P(conversion without the channel) / P(conversion); Markov only. */
  removalEffect?: number
}

/**
 * A model of attribution fed path by path, so that memory follows channels (or states of a chain), never rows.
 * Steps are channel numbers, at least one. `finish` gives the credit of each channel number below `channels`.
 */
export interface AttributionModel {
  add(steps: readonly number[], weight: PathWeight): void
  finish(channels: number): Credit[]
}
