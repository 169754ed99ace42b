import { isSame } from '../schemas/schema-node.ts'

/** Gives the name of the one thing that is new and otherwise the same: what was renamed. */
export function twinIn(
  gone: object,
  { from, without }: { from: Readonly<Record<string, object>>; without: Readonly<Record<string, object>> },
): string | undefined {
  const alike = Object.entries(from).filter(([name, one]) => !Object.hasOwn(without, name) && isSame(bare(one), bare(gone)))
  return alike.length === 1 ? alike[0]?.[0] : undefined
}

/** Without what carries the name itself. */
function bare(one: object): object {
  return 'subject' in one ? { ...one, subject: '', name: '' } : one
}
