import type { DeadLetter } from '@ashlar/messaging'
import { called } from '../command-line.ts'
import { RefusedError, textOption, type Request } from '../command.ts'
import { amongst, withDeadLetters } from '../dead-letters.ts'
import { operatorName } from '../operator-name.ts'
import { counted } from '../terminal/counted.ts'
import { table } from '../terminal/table.ts'

const shown = 3
const progressEvery = 5_000

interface Meant {
  readonly errorClass: string
  /** Why nobody will miss them; without, they are only counted. */
  readonly note: string | undefined
}

/** Removes all dead letters of a class for good, or says how many that would be. Those that come meanwhile stay. */
export async function dropClass(request: Request, { errorClass, note }: Meant): Promise<void> {
  const { print } = request
  const service = textOption(request, 'service')
  const where = service === undefined ? {} : { service }
  await withDeadLetters(async (letters) => {
    const chosen = (await letters.list(where)).filter((letter) => letter.errorClass === errorClass)
    if (chosen.length === 0) throw new RefusedError(`there is no dead letter of class ${errorClass}: see ${called} dlq list`)
    const found = counted(chosen.length, 'message')
    for (const line of [`${found} of class ${errorClass}`, ...firstOf(chosen)]) print(line)
    const again = `${called} dlq drop --class ${errorClass}${service === undefined ? '' : ` --service ${service}`}`
    if (note === undefined) throw new RefusedError(`nothing was removed; to remove them: ${again} --note <why> --yes`)
    let dropped = 0
    const onDone = (): void => {
      dropped += 1
      if (dropped % progressEvery === 0 && dropped < chosen.length) print(`${dropped} of ${found}`)
    }
    await letters.dropAll({ ...where, isMeant: amongst(chosen), onDone })
    print(JSON.stringify({ droppedAt: new Date().toISOString(), by: operatorName(), note, errorClass, ...where, dropped }))
  })
}

function firstOf(chosen: readonly DeadLetter[]): string[] {
  const rows = chosen.slice(0, shown).map((letter) => [`  ${letter.id}`, letter.subject, letter.consumer, letter.failedAt])
  return [...table(rows), ...(chosen.length > shown ? [`  … and ${chosen.length - shown} more`] : [])]
}
