import { room as accounts } from '../features/accounts/server/room.ts'
import { room as attribution } from '../features/attribution/server/room.ts'
import { room as boards } from '../features/boards/server/room.ts'
import { room as changes } from '../features/changes/server/room.ts'
import { room as channelMix } from '../features/channel-mix/server/room.ts'
import { room as cohorts } from '../features/cohorts/server/room.ts'
import { room as conformance } from '../features/conformance/server/room.ts'
import { room as decisions } from '../features/decisions/server/room.ts'
import { room as drivers } from '../features/drivers/server/room.ts'
import { room as exposure } from '../features/exposure/server/room.ts'
import { room as funnels } from '../features/funnels/server/room.ts'
import { room as guide } from '../features/guide/server/room.ts'
import { room as imports } from '../features/imports/server/room.ts'
import { room as ingestion } from '../features/ingestion/server/room.ts'
import { room as journeys } from '../features/journeys/server/room.ts'
import { createOrdersRoom } from '../features/orders/server/room.ts'
import { room as paths } from '../features/paths/server/room.ts'
import {
  findIdentitiesByText,
  findPersons,
  findSiblingIdentities,
  personsJoin,
} from '../features/people/server/reads.ts'
import { createPeopleRoom } from '../features/people/server/room.ts'
import { room as reports } from '../features/reports/server/room.ts'
import { room as reviews } from '../features/reviews/server/room.ts'
import { room as segments } from '../features/segments/server/room.ts'
import { createStandardsRoom } from '../features/standards/server/room.ts'
import { room as touchpoints } from '../features/touchpoints/server/room.ts'
import { room as upkeep } from '../features/upkeep/server/room.ts'
import type { Room } from '../platform/room.ts'
import { createDemoRoom } from './demo-room.ts'

const people = createPeopleRoom({ rooms: () => rooms })
const orders = createOrdersRoom({
  findPersons,
  findIdentitiesByText,
  personsJoin: (events) => personsJoin({ events }),
})
const standards = createStandardsRoom(findSiblingIdentities)

/** The rooms, in the order in which they are wired: routes, consumers, timelines, merges and erasures follow it. */
export const rooms: Room[] = [
  accounts,
  touchpoints,
  ingestion,
  people,
  orders,
  standards,
  imports,
  reports,
  segments,
  funnels,
  cohorts,
  journeys,
  attribution,
  paths,
  exposure,
  drivers,
  conformance,
  channelMix,
  changes,
  decisions,
  reviews,
  boards,
  upkeep,
  guide,
  createDemoRoom(),
]
