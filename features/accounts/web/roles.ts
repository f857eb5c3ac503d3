import type { Role } from '../../../web/session.ts'

/** From who may do most to who may do least, as the server counts them. */
export const roles: readonly Role[] = ['owner', 'marketer', 'operator', 'viewer']

/** Roles that a member with this role may hand to a token. */
export const rolesUpTo = (role: Role): readonly Role[] => roles.slice(roles.indexOf(role))
