import bundled from '@sparticuz/chromium'
import { type Browser, chromium } from 'playwright-core'

/** A real browser: the one named in TROPA_CHROME, else the one from the packages (Linux), else an installed Chrome. */
export async function openChromium(): Promise<Browser> {
  const executablePath =
    process.env.TROPA_CHROME ?? (process.platform === 'linux' ? await bundled.executablePath() : undefined)
  return executablePath
    ? chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    : chromium.launch({ channel: 'chrome' })
}
