/** Below so many persons no number is shown at all. */
export const FLOOR_WORD = 30
/** From here on a number; between the two, a word and a range. */
export const FLOOR_NUMBER = 100
