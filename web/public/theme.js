// Runs before anything is painted, so that a remembered dark theme never flashes white.
// A file of its own because the content policy allows no inline scripts.
;(() => {
  let chosen = null
  try {
    chosen = localStorage.getItem('tropa-theme')
  } catch {
    // Storage may be forbidden; the system's choice serves then.
  }
  const dark = chosen === 'dark' || (chosen !== 'light' && matchMedia('(prefers-color-scheme: dark)').matches)
  document.documentElement.setAttribute('data-mantine-color-scheme', dark ? 'dark' : 'light')
})()
