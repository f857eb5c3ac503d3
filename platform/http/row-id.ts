import { Type } from 'typebox'

/** The number of a row in an address: what no PostgreSQL `integer` holds is refused here and not failed at there. */
export const RowId = Type.Integer({ minimum: 1, maximum: 2_147_483_647 })
