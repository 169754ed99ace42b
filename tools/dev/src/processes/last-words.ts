// Frames and footers that say nothing about the program itself.
const nodesOwn = /^\s+at .*node:internal|^Node\.js v|^\s*$/
const errorLine = /^\w*Error\b.*: /

/** Picks what a program that ended said last, up to `count` lines; where that is an error, its own line before the frames. */
export function lastWords(lines: readonly string[], count: number): string[] {
  const said = lines.filter((line) => !nodesOwn.test(line))
  const from = said.findLastIndex((line) => errorLine.test(line))
  if (from === -1) return said.slice(-count)
  return [said[from]!, ...said.slice(from + 1).slice(1 - count)]
}
