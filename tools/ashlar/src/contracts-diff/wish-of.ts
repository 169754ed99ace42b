import { textOption, type Request } from '../command.ts'
import type { Wish } from './choose-base.ts'

/** What a command is to compare with: `--against` when it is given, else what the environment names; `undefined` when neither does. */
export function wishOf(request: Request, base: string | undefined): Wish | undefined {
  const against = textOption(request, 'against')
  if (against !== undefined) return { ref: against, from: '--against' }
  return base === undefined || base === '' ? undefined : { ref: base, from: 'ASHLAR_BASE' }
}
