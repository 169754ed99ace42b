const stacks = [/(?:\\n|\n)\s+at .+?:\d+:\d+/, /\bnode:internal\b/, /\bfile:\/\/\//, /\/node_modules\//, /\/[\w-]+\.[cm]?[jt]s:\d+/]
// names of errors, programs and their complaints; nobody outside has any use for them
const words = [
  /\b(?:Type|Reference|Range|Syntax|Zod|Database|Aggregate)Error\b/,
  /\bE(?:CONNREFUSED|CONNRESET|NOENT|PIPE|TIMEDOUT|ADDRINUSE|AI_AGAIN|NOTFOUND)\b/,
  /\b(?:postgres(?:ql)?|sqlstate|jetstream|nats|consul|undici)\b/i,
  /\b(?:duplicate key value|violates [\w-]+ constraint|out of range for type|invalid input syntax|invalid byte sequence|does not exist at character)\b/i,
  /\b(?:select .+ from|insert into|update .+ set) /i,
  /\b(?:127\.0\.0\.1|localhost):\d+/,
]

/** Finds what an answer shows of the inside of a program: traces of a stack, and in refusals also the words of its parts. */
export function innerWordsIn(text: string, looked: 'stacks' | 'everything'): string | undefined {
  const patterns = looked === 'stacks' ? stacks : [...stacks, ...words]
  return patterns.map((pattern) => pattern.exec(text)?.[0]).find((found) => found !== undefined)
}
