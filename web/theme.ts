import {
  type CSSVariablesResolver,
  createTheme,
  defaultVariantColorsResolver,
  localStorageColorSchemeManager,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'

/** Mantine wants ten shades; ours come from tokens.css, one per meaning, so each tuple repeats one colour. */
const tone = (name: string) =>
  Array.from({ length: 10 }, () => `var(--${name})`) as unknown as MantineColorsTuple

/** Mantine's greys, light to dark, by what it uses them for: from the background of a field to its text. */
const greys = (...names: string[]) => names.map((name) => `var(--${name})`) as unknown as MantineColorsTuple
const gray = greys('hover', 'sunk', 'line', 'line', 'edge', 'mute', 'mute', 'mute', 'ink', 'ink')
const dark = greys('ink', 'ink', 'mute', 'mute', 'edge', 'hover', 'card', 'card', 'sunk', 'sunk')

const tones = ['link', 'won', 'lost'] as const

const resolveVariantColors: VariantColorsResolver = (input) => {
  const name = tones.find((known) => known === (input.color ?? input.theme.primaryColor))
  if (!name) return defaultVariantColorsResolver(input)
  const ink = name === 'link' ? 'var(--link)' : `var(--${name}-ink)`
  const soft = `var(--${name}-soft)`
  switch (input.variant) {
    case 'filled':
      return {
        background: ink,
        hover: name === 'link' ? 'var(--link-strong)' : `var(--${name})`,
        color: `var(--on-${name})`,
        border: '1px solid transparent',
      }
    case 'light':
      return {
        background: soft,
        hover: `color-mix(in srgb, ${soft} 88%, ${ink})`,
        color: ink,
        border: '1px solid transparent',
      }
    case 'outline':
      return { background: 'transparent', hover: soft, color: ink, border: `1px solid ${ink}` }
    case 'subtle':
      return { background: 'transparent', hover: soft, color: ink, border: '1px solid transparent' }
    default:
      return defaultVariantColorsResolver(input)
  }
}

const ours = {
  '--mantine-color-body': 'var(--card)',
  '--mantine-color-text': 'var(--ink)',
  '--mantine-color-bright': 'var(--ink)',
  '--mantine-color-dimmed': 'var(--mute)',
  '--mantine-color-placeholder': 'var(--mute)',
  '--mantine-color-anchor': 'var(--link)',
  '--mantine-color-error': 'var(--lost-ink)',
  '--mantine-color-success': 'var(--won-ink)',
  '--mantine-color-default': 'var(--card)',
  '--mantine-color-default-hover': 'var(--hover)',
  '--mantine-color-default-color': 'var(--ink)',
  '--mantine-color-default-border': 'var(--edge)',
  '--mantine-color-disabled': 'var(--sunk)',
  '--mantine-color-disabled-color': 'var(--mute)',
  '--mantine-color-disabled-border': 'var(--line)',
  '--mantine-primary-color-contrast': 'var(--on-link)',
}

/** Points Mantine's own colour names at ours, the same in both schemes: tokens.css does the switching. */
export const cssVariables: CSSVariablesResolver = () => ({ variables: {}, light: ours, dark: ours })

/** Remembers the choice under the name that public/theme.js reads before the first paint. */
export const themeMemory = localStorageColorSchemeManager({ key: 'tropa-theme' })

export const theme = createTheme({
  fontFamily: "'Inter Variable', 'Segoe UI', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', 'Roboto Mono', Menlo, monospace",
  primaryColor: 'link',
  colors: { link: tone('link'), won: tone('won'), lost: tone('lost'), gray, dark },
  variantColorResolver: resolveVariantColors,
  black: '#1d2925',
  defaultRadius: '10px',
  cursorType: 'pointer',
  respectReducedMotion: true,
  focusRing: 'auto',
  shadows: { md: 'var(--lift)' },
  fontSizes: { xs: '12px', sm: '14px', md: '15px', lg: '17px', xl: '20px' },
  // By name and not by `Button.extend(…)`: that would bring every one of them along with the first page.
  components: {
    Button: { defaultProps: { radius: 'xl' }, styles: { label: { fontWeight: 550 } } },
    ActionIcon: { defaultProps: { radius: 'xl', variant: 'subtle', size: 'lg' } },
    Menu: { defaultProps: { shadow: 'md', radius: '12px', offset: 6 } },
    Popover: { defaultProps: { radius: '12px', shadow: 'md' } },
    Modal: {
      defaultProps: { radius: '16px', centered: true, overlayProps: { backgroundOpacity: 0.4, blur: 2 } },
    },
    InputWrapper: { styles: { label: { marginBottom: 5, fontWeight: 550 }, error: { marginTop: 5 } } },
    Drawer: { defaultProps: { overlayProps: { backgroundOpacity: 0.4, blur: 2 } } },
  },
})
