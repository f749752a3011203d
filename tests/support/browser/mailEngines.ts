import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import selenium from 'selenium-webdriver'
import { freePort } from '../../../src/cli/server/freePort.ts'
import { until } from '../until.ts'
import { drawMail, type DrawnMail } from './drawMail.ts'
import { findMiniBrowser } from './findWebkit.mjs'
import { openBrowser } from './openBrowser.ts'

/** What the reader has chosen for the machine. */
export type Scheme = 'light' | 'dark'

/** What draws mails. */
export interface MailEngine {
  /** Draws an HTML mail in a frame of so many pixels. */
  draw: (mail: { html: string; width: number }) => Promise<DrawnMail>
  /** Of the last mail, as PNG, for people to look at. */
  screenshot: () => Promise<Buffer>
  close: () => Promise<void>
}

const WINDOW = { width: 700, height: 900 }

/** Chromium, as in most apps for Android. */
export async function openChromium(scheme: Scheme): Promise<MailEngine> {
  const browser = await openBrowser()
  const page = await browser.newPage({ colorScheme: scheme, viewport: WINDOW })
  return {
    draw: (mail) => page.evaluate(drawMail, mail),
    screenshot: () => page.screenshot(),
    close: () => browser.close(),
  }
}

/** WebKit, as in Apple Mail, on a screen of its own. The theme of the desktop says what the reader has chosen. */
export async function openWebkit(scheme: Scheme): Promise<MailEngine> {
  const screen = await startScreen()
  const port = await freePort()
  const service = spawn('WebKitWebDriver', ['--host=127.0.0.1', `--port=${port}`], {
    stdio: 'ignore',
    env: {
      ...process.env,
      DISPLAY: screen.display,
      GTK_THEME: scheme === 'dark' ? 'Adwaita:dark' : 'Adwaita',
      WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1',
      WEBKIT_DISABLE_COMPOSITING_MODE: '1',
    },
  })
  const stop = async () => {
    await end(service)
    await end(screen.server)
  }
  try {
    const driver = await openDriver(`http://127.0.0.1:${port}`)
    return {
      draw: (mail) =>
        driver.executeAsyncScript<DrawnMail>(
          `const [mail, done] = arguments; (${drawMail.toString()})(mail).then(done)`,
          mail,
        ),
      screenshot: async () => Buffer.from(await driver.takeScreenshot(), 'base64'),
      close: () => driver.quit().finally(stop),
    }
  } catch (error) {
    await stop()
    throw error
  }
}

async function openDriver(url: string): Promise<selenium.WebDriver> {
  await until('WebKitWebDriver answers', () =>
    fetch(`${url}/status`).then(
      ({ ok }) => ok || undefined,
      () => undefined,
    ),
  )
  const driver = await new selenium.Builder()
    .usingServer(url)
    .withCapabilities({
      browserName: 'MiniBrowser',
      'webkitgtk:browserOptions': { binary: findMiniBrowser(), args: ['--automation'] },
    })
    .build()
  await driver
    .manage()
    .window()
    .setRect({ ...WINDOW, x: 0, y: 0 })
  return driver
}

/** A screen that nobody sees; it chooses its own number and tells it. */
async function startScreen(): Promise<{ server: ChildProcess; display: string }> {
  const server = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', '1024x1024x24', '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const numbers = server.stdio[3]
  if (!(numbers instanceof Readable)) throw new Error('Xvfb tells nobody its number.')
  const [number] = (await once(createInterface({ input: numbers }), 'line')) as [string]
  return { server, display: `:${number}` }
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return
  const closed = once(child, 'exit')
  child.kill()
  await closed
}
