/** What one path is: all contacts until a month of silence, or until half an hour of it. */
export const UNITS = ['journey', 'visit'] as const
export type Unit = (typeof UNITS)[number]

/** What stands for a contact on the path. */
export const NODE_KINDS = ['touchpoint', 'stage', 'channel'] as const
export type NodeKind = (typeof NODE_KINDS)[number]

/** How far a path is followed: to its first order, or to its last contact. */
export const UNTIL = ['order', 'end'] as const
export type Until = (typeof UNTIL)[number]

export const DIRECTIONS = ['forward', 'back'] as const
export type Direction = (typeof DIRECTIONS)[number]

/** How paths end: with an order; without one, and it is over; without one so far, and it may still go on. */
export const OUTCOMES = ['left', 'ordered', 'open'] as const
export type Outcome = (typeof OUTCOMES)[number]

/** What stands in a column of the flow beside contacts: the rest, how paths end, where the picture ends, where paths begin. */
export const PLACES = ['step', 'others', ...OUTCOMES, 'on', 'began'] as const
export type Place = (typeof PLACES)[number]

export const DEPTHS = { least: 3, usual: 5, most: 8 } as const
/** Contacts shown in a column; the rest stand together. */
export const TOPS = { least: 3, usual: 7, most: 12 } as const
/** A variant is told apart by so many first steps. */
export const MAX_STEPS = 100
export const MAX_VARIANTS = 50
/** Edges of the map of steps that are handed over, the most frequent first. */
export const MAX_EDGES = 300
export const MAX_THROUGH = 5
