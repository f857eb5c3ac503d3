import type { Role } from '../../../platform/http/access.ts'
import type { TestApp, TestMember } from '../../../test/test-app.ts'
import type { AuditEntry } from '../contract.ts'
import { createShop } from './actions.ts'

/** For tests: a shop with one owner of its own, that may be turned upside down; `by` asks for its routes. */
export async function openTestShop(test: TestApp) {
  const shop = await createShop(test.deps.db, { name: 'Чайна лавка' })
  const owner = await test.addMember(shop, 'owner')
  const by = (member: TestMember) => ({
    get: async (path = '') => (await member.inject({ url: `/api/shops/${shop}${path}` })).json(),
    send: (method: 'POST' | 'PATCH' | 'DELETE', path: string, payload?: object) =>
      member.inject({ method, url: `/api/shops/${shop}${path}`, payload }),
  })
  /** The log as `action target`, the newest first. */
  const actions = async () => {
    const { items } = (await by(owner).get('/audit')) as { items: AuditEntry[] }
    return items.map(({ action, target }) => `${action} ${target}`)
  }
  return { shop, owner, by, actions, addMember: (role: Role) => test.addMember(shop, role), ...by(owner) }
}
