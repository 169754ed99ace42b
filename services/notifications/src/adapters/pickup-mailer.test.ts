import { mkdtempDisposable, readdir, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { pickupMailer } from './pickup-mailer.ts'

const mail = { id: 'n-1', to: 'ada@example.com', subject: 'Your order is confirmed', text: 'On its way — soon.' }

it('drops one message per id, however often it is sent', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'pickup-'))
  const mailer = pickupMailer(folder.path)
  await mailer.send(mail)
  await mailer.send(mail)
  expect(await readdir(folder.path)).toEqual(['n-1.eml'])
  const message = await readFile(join(folder.path, 'n-1.eml'), 'utf8')
  expect(message).toContain('Message-ID: <n-1@shop.example>')
  expect(Buffer.from(message.split('\r\n\r\n')[1] ?? '', 'base64').toString()).toBe(mail.text)
})

it('lets no header be smuggled in through an address', async () => {
  await using folder = await mkdtempDisposable(join(tmpdir(), 'pickup-'))
  await pickupMailer(folder.path).send({ ...mail, to: 'ada@example.com\r\nBcc: everyone@example.com' })
  expect(await readFile(join(folder.path, 'n-1.eml'), 'utf8')).not.toMatch(/^Bcc:/m)
})
