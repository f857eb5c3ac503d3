import type { Role } from '../../../web/session.ts'

/** Whether to offer what changes something. It is the server that refuses. */
export const mayImport = (role: Role): boolean => role === 'owner' || role === 'marketer'
