import { createSocket } from 'node:dgram'

/** What a name server says: to whom it gives records, and that there is no other name (RFC 1035, section 4). */
type Zone = Record<string, { type: 'TXT'; text: string[] } | { type: 'NS'; server: string }>

const TYPES = { NS: 2, TXT: 16 }
const NO_SUCH_NAME = 0x8183
const ANSWERED = 0x8180

/** A name server on this machine. @returns its address as a resolver takes it. */
export async function startNameServer(zone: Zone): Promise<{ address: string; close: () => void }> {
  const socket = createSocket('udp4')
  socket.on('message', (question, from) => socket.send(answerTo(question, zone), from.port, from.address))
  await new Promise<void>((bound) => socket.bind(0, '127.0.0.1', bound))
  return { address: `127.0.0.1:${socket.address().port}`, close: () => socket.close() }
}

function answerTo(message: Buffer, zone: Zone): Buffer {
  const { name, end } = readName(message)
  const question = message.subarray(12, end + 4)
  const found = zone[name]
  const header = Buffer.alloc(12)
  message.copy(header, 0, 0, 2)
  header.writeUInt16BE(found ? ANSWERED : NO_SUCH_NAME, 2)
  header.writeUInt16BE(1, 4)
  header.writeUInt16BE(found ? 1 : 0, 6)
  return Buffer.concat([header, question, ...(found ? [record(found)] : [])])
}

function readName(message: Buffer): { name: string; end: number } {
  const labels: string[] = []
  let at = 12
  for (let length = message[at] ?? 0; length > 0; length = message[at] ?? 0) {
    labels.push(message.toString('ascii', at + 1, at + 1 + length))
    at += 1 + length
  }
  return { name: labels.join('.').toLowerCase(), end: at + 1 }
}

/** For the name that was asked about, which a pointer stands for; kept for no time. */
function record(found: Zone[string]): Buffer {
  const data =
    found.type === 'TXT'
      ? Buffer.concat(found.text.map(withLength))
      : Buffer.concat([...found.server.split('.').map(withLength), Buffer.from([0])])
  const head = Buffer.alloc(12)
  head.writeUInt16BE(0xc00c, 0)
  head.writeUInt16BE(TYPES[found.type], 2)
  head.writeUInt16BE(1, 4)
  head.writeUInt16BE(data.length, 10)
  return Buffer.concat([head, data])
}

const withLength = (text: string) => Buffer.concat([Buffer.from([text.length]), Buffer.from(text)])
