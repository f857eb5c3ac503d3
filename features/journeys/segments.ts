/** Segments that need no editor. `first_channel:<channel>` and `last_channel:<channel>` come beside them. */
export const SEGMENTS = [
  'all',
  'new',
  'returning',
  'ordered',
  'not_ordered',
  'bought_out',
  'refused',
  'late_parcel',
  'on_time_parcel',
  'phone_visitors',
  'computer_visitors',
] as const
