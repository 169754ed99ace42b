import { mkdir, open, rename } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mailer } from '../ports.ts'

/**
 * Drops mail into a pickup directory, one `.eml` file each, as mail servers take it from there. The file and the
 * Message-ID carry the notification's id: handed over twice it is the same message, never two.
 */
export function pickupMailer(directory: string): Mailer {
  return {
    async send({ id, to, subject, text }) {
      await mkdir(directory, { recursive: true })
      const finished = join(directory, `${id}.eml`)
      const draft = await open(`${finished}.part`, 'w')
      try {
        await draft.writeFile(messageOf({ id, to, subject, text }))
        await draft.sync()
      } finally {
        await draft.close()
      }
      await rename(`${finished}.part`, finished)
    },
  }
}

function messageOf({ id, to, subject, text }: Parameters<Mailer['send']>[0]): string {
  const headers = {
    'Message-ID': `<${id}@shop.example>`,
    Date: new Date().toUTCString(),
    From: 'The shop <orders@shop.example>',
    To: to,
    Subject: subject,
    'MIME-Version': '1.0',
    'Content-Type': 'text/plain; charset=utf-8',
    'Content-Transfer-Encoding': 'base64',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value.replaceAll(/[\r\n]+/g, ' ')}`)
  return `${lines.join('\r\n')}\r\n\r\n${Buffer.from(text).toString('base64')}\r\n`
}
