import { EventEmitter, once } from 'node:events'
import type { AddressInfo, Socket } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { SMTPServer, type SMTPServerSession } from 'smtp-server'

export interface SmtpMessage {
  from: string
  to: string[]
  source: Buffer
}

/** Where in the next transaction something goes wrong: a refusing reply, a cut connection, silence, or an answer that waits. */
export interface SmtpFault {
  at: 'MAIL' | 'RCPT' | 'DATA'
  /** Such as `550 5.1.1 No such user`. */
  does: 'cut' | 'hang' | 'hold' | `${number} ${string}`
}

export interface TestSmtpServer {
  /** smtp://127.0.0.1:<port> */
  url: string
  messages: readonly SmtpMessage[]
  /** Waits until nobody is connected. */
  untilDisconnected: () => Promise<void>
  failNext: (...faults: SmtpFault[]) => void
  /** Waits until an answer is held back, and gives what lets it go. */
  untilHeld: () => Promise<() => void>
  /** How many logins were tried. */
  readonly logins: number
  /** Cuts every connection as it is, as a server that restarts does. */
  cutAll: () => void
  stop: () => Promise<void>
}

/** A real SMTP server on 127.0.0.1 that keeps what it takes. With `login` it takes nothing without it. */
export async function startSmtpServer({
  login,
  port = 0,
}: { login?: { user: string; password: string }; port?: number } = {}): Promise<TestSmtpServer> {
  const messages: SmtpMessage[] = []
  const faults: SmtpFault[] = []
  const sockets = new Set<Socket>()
  const held = new EventEmitter()
  const tried = { logins: 0 }
  const connectionsOf = (session?: SMTPServerSession) =>
    [...server.connections].filter((connection) => !session || connection.session.id === session.id)
  const cut = (session?: SMTPServerSession) =>
    connectionsOf(session).forEach((connection) => connection._socket.destroy())
  /** Does what the next fault says, if it is one of this command's. */
  const meet = (at: SmtpFault['at'], session: SMTPServerSession, goOn: (error?: Error) => void) => {
    if (faults[0]?.at !== at) return goOn()
    const { does } = faults.shift() ?? { does: 'cut' }
    if (does === 'cut') return cut(session)
    if (does === 'hang') return
    if (does === 'hold') return void held.emit('held', () => goOn())
    const [status, ...words] = does.split(' ')
    goOn(Object.assign(new Error(words.join(' ')), { responseCode: Number(status) }))
  }
  const server: SMTPServer = new SMTPServer({
    authOptional: !login,
    allowInsecureAuth: true,
    disabledCommands: ['STARTTLS'],
    disableReverseLookup: true,
    onAuth: ({ username, password }, _session, done) => {
      tried.logins += 1
      if (username === login?.user && password === login?.password) done(null, { user: username })
      else done(Object.assign(new Error('5.7.8 Authentication failed'), { responseCode: 535 }))
    },
    onMailFrom: (_address, session, done) => meet('MAIL', session, done),
    onRcptTo: (_address, session, done) => meet('RCPT', session, done),
    onData: (stream, session, done) => {
      const take = (source: Buffer) =>
        meet('DATA', session, (error) => {
          const { mailFrom, rcptTo } = session.envelope
          const from = mailFrom ? mailFrom.address : ''
          if (!error) messages.push({ from, to: rcptTo.map(({ address }) => address), source })
          done(error)
        })
      // A mail that is cut in the middle is no message.
      void buffer(stream).then(take, () => undefined)
    },
  })
  server.on('error', () => undefined)
  // Else the replies to pipelined commands wait 40 ms for one another.
  server.server.on('connection', (socket) => {
    socket.setNoDelay(true)
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  const address = server.server.address() as AddressInfo
  return {
    url: `smtp://127.0.0.1:${address.port}`,
    messages,
    untilDisconnected: async () => {
      while (sockets.size > 0) await Promise.all([...sockets].map((socket) => once(socket, 'close')))
    },
    untilHeld: async () => {
      const [letGo] = (await once(held, 'held')) as [() => void]
      return letGo
    },
    get logins() {
      return tried.logins
    },
    failNext: (...more) => void faults.push(...more),
    cutAll: () => cut(),
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        cut()
      }),
  }
}
