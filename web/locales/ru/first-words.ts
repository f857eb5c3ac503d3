/** What the frame and the map say; the rest follows with the first other page. */
const files = import.meta.glob<Record<string, unknown>>(
  [
    './shell.json',
    './ui.json',
    './errors.json',
    './channels.json',
    './journeys.json',
    './touchpoints.json',
    './decisions.json',
  ],
  { eager: true, import: 'default' },
)

export const words = Object.fromEntries(
  Object.entries(files).map(([path, texts]) => [path.slice(2, -'.json'.length), texts]),
)
