import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Waiver, type Finding } from '@ashlar/contract-artifacts'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { compareWithBase } from '../contracts-diff/compare-with-base.ts'
import { waiversIn } from '../contracts-diff/files-of-contracts.ts'
import { wishOf } from '../contracts-diff/wish-of.ts'
import type { Checkout } from './contracts-diff.ts'

/** Records that a break was agreed upon: which one, why, and until when. */
export function contractsWaiveIn({ root, base, today }: Checkout): Command {
  return {
    words: ['contracts', 'waive'],
    parameters: '<contract>',
    takes: 'one',
    summary: 'agree to a break that contracts diff found, with a reason and a last day',
    options: {
      finding: { kind: 'string', help: 'the finding, as contracts diff names it' },
      reason: { kind: 'string', help: 'why it may break' },
      expires: { kind: 'string', help: 'the last day it holds, as 2026-12-31' },
      against: { kind: 'string', help: 'the commit it breaks with, as for contracts diff' },
    },
    async run(request) {
      const [contract] = request.parameters
      const asked = Waiver.safeParse({
        contract: contract?.includes('.') === false ? `${contract}.v1` : contract,
        finding: textOption(request, 'finding'),
        reason: textOption(request, 'reason'),
        expires: textOption(request, 'expires'),
      })
      if (!asked.success) throw new UsageError(asked.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`).join('\n'))
      const waiver = asked.data
      if (waiver.expires < today) throw new UsageError(`${waiver.expires} is over: name a day to come`)

      const { findings } = await compareWithBase(root, { wish: wishOf(request, base), today })
      refuseUnknown(waiver, findings)
      const file = join(root, 'contracts', waiver.contract.split('.')[0] ?? '', 'waivers.json')
      const others = (await waiversIn(file)).filter((one) => one.contract !== waiver.contract || one.finding !== waiver.finding)
      await writeFile(file, `${JSON.stringify([...others, waiver], undefined, 2)}\n`)
      request.print(`${waiver.contract} ${waiver.finding} is waived until ${waiver.expires}: commit ${file.slice(root.length + 1)}`)
    },
  }
}

function refuseUnknown(waiver: Waiver, findings: readonly Finding[]): void {
  const breaking = findings.filter(({ level }) => level === 'breaking')
  if (breaking.some(({ contract, id }) => contract === waiver.contract && id === waiver.finding)) return
  const known = breaking.map(({ contract, id }) => `  ${contract} --finding '${id}'`)
  throw new RefusedError(
    known.length === 0
      ? 'nothing breaks, so there is nothing to waive'
      : [`${waiver.contract} has no break called "${waiver.finding}"; there is`, ...known].join('\n'),
  )
}
