import { type Static, Type } from 'typebox'

export const SystemInfo = Type.Object({
  version: Type.String(),
  epoch: Type.Integer({ description: 'Grows by one with each restore' }),
  pausedReason: Type.Union([Type.Literal('restored'), Type.Null()], { description: 'Why nothing is sent' }),
  lastBackupAt: Type.Union([Type.String({ format: 'date-time' }), Type.Null()]),
  embedded: Type.Object({ postgres: Type.Boolean(), clickhouse: Type.Boolean() }),
  publicUrl: Type.String(),
  lagSeconds: Type.Number(),
})
export type SystemInfo = Static<typeof SystemInfo>
