/**
 * When the web server starts, not at the first request: notes who calls from now on (see limits/peerHeader), and opens the
 * database, which migrates SQLite. While there is no user it prints the setup code.
 */
export async function register(): Promise<void> {
  // Next compiles this file for its edge runtime too, which has no database: it fills in the name of the runtime.
  if (process.env.NEXT_RUNTIME === 'nodejs') {
    const { notePeers } = await import('./limits/peerHeader.ts')
    notePeers()
    const { default: config } = await import('@payload-config')
    const { boot } = await import('./boot.ts')
    const payload = await boot(config)
    const { noteStartOf } = await import('./restore/noteStartOf.ts')
    await noteStartOf(payload)
    const { announceSetupCode } = await import('./accounts/announceSetupCode.ts')
    await announceSetupCode(payload)
  }
}
