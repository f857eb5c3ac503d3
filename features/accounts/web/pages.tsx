import type { RoomPages } from '../../../web/rooms.ts'
import { AccountPage } from './account-page.tsx'
import { AuditPage } from './audit-page.tsx'
import { InvitePage } from './invite-page.tsx'
import { KeysPage } from './keys-page.tsx'
import { MembersPage } from './members-page.tsx'
import { ShopPage } from './shop-page.tsx'
import { SignInPage } from './sign-in-page.tsx'
import { WelcomePage } from './welcome-page.tsx'

export const pages: RoomPages = {
  signIn: SignInPage,
  welcome: WelcomePage,
  invite: InvitePage,
  shop: ShopPage,
  members: MembersPage,
  keys: KeysPage,
  audit: AuditPage,
  account: AccountPage,
}
