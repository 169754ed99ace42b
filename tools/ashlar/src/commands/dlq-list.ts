import { openDeadLetters, type DeadLetter } from '@ashlar/messaging'
import { textOption, type Command } from '../command.ts'
import { brokerUrl } from '../running-shop.ts'
import { ageOf } from '../terminal/age.ts'
import { table } from '../terminal/table.ts'

/** Shows what was set aside, by service and kind of failure, with every message's id. */
export const dlqList: Command = {
  words: ['dlq', 'list'],
  parameters: '[--service <name>]',
  summary: 'messages that were set aside after their last attempt',
  options: { service: { kind: 'string', help: 'only those of one service' } },
  async run(request) {
    const letters = await openDeadLetters(await brokerUrl())
    try {
      const service = textOption(request, 'service')
      const found = await letters.list(service === undefined ? {} : { service })
      if (found.length === 0) request.print('No dead letters.')
      for (const [name, ofService] of Map.groupBy(found, (letter) => letter.service)) printService(request.print, name, ofService)
    } finally {
      await letters.close()
    }
  },
}

function printService(print: (line: string) => void, service: string, letters: readonly DeadLetter[]): void {
  const [oldest] = letters
  const count = `${letters.length} ${letters.length === 1 ? 'message' : 'messages'}`
  print(`${service} · ${count} · oldest ${oldest === undefined ? '' : ageOf(oldest.failedAt)}`)
  const rows = letters.map(({ id, errorClass, subject, consumer, attempts, errorMessage }) => [
    `  ${id}`,
    errorClass,
    subject,
    consumer,
    `${attempts} attempts`,
    errorMessage.length > 60 ? `${errorMessage.slice(0, 59)}…` : errorMessage,
  ])
  for (const line of table(rows)) print(line)
  print(`  again: npm run ashlar -- dlq retry <id>, or --class ${oldest?.errorClass ?? '<class>'} for all of one kind`)
}
