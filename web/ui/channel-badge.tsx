import { isChannel } from '../../kernel/channels.ts'
import { useTranslation } from '../use-translation.ts'
import { Badge } from './badge.tsx'

/** The channel of a contact in the member's language. */
export function ChannelBadge({ channel }: { channel: string }) {
  const { t } = useTranslation('channels')
  return <Badge>{isChannel(channel) ? t(channel) : channel}</Badge>
}
