import { writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { jsonReport, junitReport, markdownReport, passes, summaryOf, textReport, type Report } from '@ashlar/contract-artifacts'
import { RefusedError, textOption, UsageError, type Command } from '../command.ts'
import { compareWithBase } from '../contracts-diff/compare-with-base.ts'
import { wishOf } from '../contracts-diff/wish-of.ts'

/** Where contracts are compared, and what is known from outside. */
export interface Checkout {
  readonly root: string
  /** The base the environment names. */
  readonly base: string | undefined
  /** As `2026-11-21`. */
  readonly today: string
}

const formats: Readonly<Record<string, (report: Report) => string>> = {
  text: (report) => textReport(report).join('\n'),
  json: jsonReport,
  junit: junitReport,
  markdown: markdownReport,
}

/** Says what changed in the contracts since the base, and fails when that breaks somebody and nobody agreed to it. */
export function contractsDiffIn(checkout: Checkout): Command {
  return {
    words: ['contracts', 'diff'],
    parameters: '[--against <ref>]',
    takes: 'none',
    summary: 'say what changed in the contracts, whom it breaks, and by which payload',
    options: {
      against: { kind: 'string', help: 'a commit; ASHLAR_BASE unless given, else where this left the main branch' },
      format: { kind: 'string', help: `${Object.keys(formats).join(', ')}; text unless given` },
      output: { kind: 'string', help: 'a file to write to instead' },
    },
    async run(request) {
      const format = textOption(request, 'format') ?? 'text'
      const write = Object.hasOwn(formats, format) ? formats[format] : undefined
      if (write === undefined) throw new UsageError(`"${format}" is no format: ${Object.keys(formats).join(', ')}`)
      const report = await compareWithBase(checkout.root, { wish: wishOf(request, checkout.base), today: checkout.today })
      const output = textOption(request, 'output')
      if (output !== undefined) await writeFile(resolve(output), write(report))
      const said = output === undefined ? write(report) : `${summaryOf(report)}: ${output}`
      if (!passes(report)) throw new RefusedError(said.trimEnd())
      request.print(said.trimEnd())
    },
  }
}
