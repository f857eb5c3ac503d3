import { orNotFound } from '../../../kernel/errors.ts'
import type { Role } from '../../../platform/http/access.ts'
import type { Db } from '../../../platform/postgres.ts'
import { hashToken } from '../../../platform/secret.ts'
import { apiTokens } from './accounts-tables.ts'
import { makeSecret } from './make-secret.ts'

const TOKEN_LENGTH = 40
const HINT_LENGTH = 4

export interface NewToken {
  shop: number
  name: string
  role: Role
  createdBy?: string | null
  expiresAt?: Date | null
}

/** Makes an API token. Its secret exists only in this answer. */
export async function createToken(db: Db, token: NewToken): Promise<{ id: string; token: string }> {
  const secret = makeSecret('tropa_', TOKEN_LENGTH)
  const [row] = await db
    .insert(apiTokens)
    .values({ ...token, tokenHash: hashToken(secret), hint: secret.slice(-HINT_LENGTH) })
    .returning({ id: apiTokens.id })
  return { id: orNotFound(row, 'The new token').id, token: secret }
}
