import type { MapStage, MapTouchpoint } from '../contract.ts'

/** The touchpoints that somebody came by, most people first. */
export const listUsed = ({ touchpoints }: Pick<MapStage, 'touchpoints'>): MapTouchpoint[] =>
  touchpoints.filter(({ persons }) => persons > 0).sort((a, b) => b.persons - a.persons)
