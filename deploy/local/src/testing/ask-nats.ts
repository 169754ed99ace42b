import { once } from 'node:events'
import { connect, type Socket } from 'node:net'

/** Asks an open nats-server one thing after the other, in its own text protocol, and gives the answers. */
export async function askNats(port: number, questions: readonly (readonly [subject: string, body: unknown])[]): Promise<unknown[]> {
  const socket = connect(port, '127.0.0.1')
  await once(socket, 'data')
  const inbox = '_INBOX.test'
  socket.write(`CONNECT {"verbose":false,"headers":true}\r\nSUB ${inbox} 1\r\n`)
  const answers: unknown[] = []
  try {
    for (const [subject, body] of questions) {
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const answer = answerFrom(socket)
      socket.write(`PUB ${subject} ${inbox} ${Buffer.byteLength(text)}\r\n${text}\r\n`)
      answers.push(await answer)
    }
    return answers
  } finally {
    socket.destroy()
  }
}

async function answerFrom(socket: Socket): Promise<unknown> {
  for (let text = ''; ;) {
    const [chunk] = (await once(socket, 'data')) as [Buffer]
    text += chunk.toString('utf8')
    const found = /MSG _INBOX\.test 1 (\d+)\r\n([^]*)\r\n/.exec(text)
    if (found?.[2] !== undefined && found[2].length >= Number(found[1])) return JSON.parse(found[2].slice(0, Number(found[1])))
  }
}
