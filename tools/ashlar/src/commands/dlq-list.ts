import type { DeadLetter, UnreadableLetter } from '@ashlar/messaging'
import { called } from '../command-line.ts'
import { textOption, type Command } from '../command.ts'
import { withDeadLetters } from '../dead-letters.ts'
import { ageOf } from '../terminal/age.ts'
import { counted } from '../terminal/counted.ts'
import { table } from '../terminal/table.ts'

/** Shows what was set aside, by service and kind of failure, with every message's id. */
export const dlqList: Command = {
  words: ['dlq', 'list'],
  parameters: '[--service <name>]',
  takes: 'none',
  summary: 'messages that were set aside after their last attempt',
  options: { service: { kind: 'string', help: 'only those of one service' } },
  async run(request) {
    const service = textOption(request, 'service')
    const of = service === undefined ? {} : { service }
    const { found, unreadable } = await withDeadLetters(async (letters) => ({
      found: await letters.list(of),
      unreadable: await letters.unreadable(of),
    }))
    const groups = [...Map.groupBy(found, (letter) => letter.service)].map(([name, letters]) => describe(name, letters))
    if (unreadable.length > 0) groups.push(describeUnreadable(unreadable))
    for (const line of groups.length === 0 ? ['No dead letters.'] : groups.flat()) request.print(line)
  },
}

/** Says of each letter what it was, who failed, and why. */
export function describe(service: string, letters: readonly DeadLetter[]): string[] {
  const [oldest] = letters
  const rows = letters.map(({ id, errorClass, subject, consumer, attempts, errorMessage }) => [
    `  ${id}`,
    errorClass,
    subject,
    consumer,
    counted(attempts, 'attempt'),
    errorMessage.length > 60 ? `${errorMessage.slice(0, 59)}…` : errorMessage,
  ])
  return [
    `${service} · ${counted(letters.length, 'message')} · oldest ${oldest === undefined ? '' : ageOf(oldest.failedAt)}`,
    ...table(rows),
    `  again: ${called} dlq retry <id>, or --class ${oldest?.errorClass ?? '<class>'} for all of one kind`,
  ]
}

/** Says where each letter lies that cannot be read, and why not. */
export function describeUnreadable(letters: readonly UnreadableLetter[]): string[] {
  return [
    `unreadable · ${counted(letters.length, 'message')}`,
    ...table(letters.map(({ id, subject, problem }) => [`  ${id}`, subject, problem])),
    `  look and remove: ${called} dlq drop <id>`,
  ]
}
