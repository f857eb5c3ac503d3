/** A journey opens with the first contact after so many days of silence. The one place where this is said. */
export const JOURNEY_SILENCE_DAYS = 30

export const JOURNEY_SILENCE_MS = JOURNEY_SILENCE_DAYS * 86_400_000
