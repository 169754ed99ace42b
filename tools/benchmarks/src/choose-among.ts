import { UnknownWayError } from './unknown-way.ts'

/** Picks the ways that were asked for, and the first of all, which they are compared with. Throws `UnknownWayError` for one that is not known. */
export function chooseAmong<Way extends { readonly name: string }>(
  ways: readonly Way[],
  only: readonly string[] | undefined,
): readonly Way[] {
  const unknown = only?.find((name) => !ways.some((way) => way.name === name))
  if (unknown !== undefined) throw new UnknownWayError(`there is no ${unknown}: ${ways.map(({ name }) => name).join(', ')}`)
  return ways.filter(({ name }, at) => only === undefined || at === 0 || only.includes(name))
}
