import bundled from '@sparticuz/chromium'
import { type Browser, type BrowserContextOptions, chromium, type Page } from 'playwright-core'

let running: Browser | undefined
const pages = new Map<string, Page>()

/**
 * A real browser: the one named in TROPA_CHROME, else the one from the packages (Linux), else an installed Chrome. Files
 * that follow each other in a process share it, since its start takes as long as some of them: closed by a file, it
 * closes what that file has opened, and ends with the process.
 */
export async function openChromium(): Promise<Browser> {
  if (running?.isConnected()) return running
  const browser = await launch()
  browser.close = async () => {
    pages.clear()
    await Promise.all(browser.contexts().map((context) => context.close()))
  }
  running = browser
  return browser
}

async function launch(): Promise<Browser> {
  const executablePath =
    process.env.TROPA_CHROME ?? (process.platform === 'linux' ? await bundled.executablePath() : undefined)
  return executablePath
    ? chromium.launch({ executablePath, args: ['--no-sandbox', '--disable-gpu'] })
    : chromium.launch({ channel: 'chrome' })
}

/**
 * A page in a context of this kind. One that a test of the file used before is used again, wherever that test left it,
 * and remembers nothing: to load and compile the application anew takes longer than most tests. Nobody closes it.
 */
export async function takePage(browser: Browser, options: BrowserContextOptions): Promise<Page> {
  const kind = JSON.stringify(options)
  const used = pages.get(kind)
  if (used && !used.isClosed()) {
    for (const event of ['pageerror', 'console']) used.removeAllListeners(event)
    await used.unrouteAll()
    await used.context().clearCookies()
    await used.evaluate('localStorage.clear(), sessionStorage.clear()')
    return used
  }
  const context = await browser.newContext(options)
  const page = await context.newPage()
  pages.set(kind, page)
  return page
}
