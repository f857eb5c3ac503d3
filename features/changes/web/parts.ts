export { AlarmBadge } from './alarm-badge.tsx'
export { audienceSegment } from './audience-segment.ts'
export { useAlarmCount } from './use-alarm-count.ts'
export { useChangeWords } from './use-change-words.ts'
