/** One namespace a room: `people.json` here is read by `useTranslation('people')`. */
const files = import.meta.glob<Record<string, unknown>>(
  [
    './*.json',
    '!./shell.json',
    '!./ui.json',
    '!./errors.json',
    '!./channels.json',
    '!./journeys.json',
    '!./touchpoints.json',
    '!./decisions.json',
  ],
  { eager: true, import: 'default' },
)

export const words = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.slice(2, -'.json'.length), texts]),
)
