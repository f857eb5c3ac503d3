/** Levels of groups in a definition, the condition at the bottom included. */
export const MAX_DEPTH = 6
export const MAX_CONDITIONS = 50
export const MAX_STEPS = 10
/** Conditions of a segment together with those of all segments that it refers to. */
export const MAX_CONDITIONS_IN_ALL = 200
