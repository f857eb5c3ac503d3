import PgBossModule from 'pg-boss'

/** pg-boss 10 is a CommonJS module with a default export; this is its one door. */
export const PgBoss = PgBossModule
