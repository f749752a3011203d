/**
 * When the web server starts, not at the first request: notes who calls from now on (see limits/peerHeader), and opens the
 * database, which migrates SQLite. While there is no user it prints the setup code.
 */
export async function register(): Promise<void> {
  // Next compiles this file for its edge runtime too, which has no database: it fills in the name of the runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { notePeers } = await import('./limits/peerHeader.ts')
    notePeers()
    const { prepareOrExit } = await import('./web/prepare.ts')
    await prepareOrExit()
  }
}
