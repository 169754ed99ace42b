import { fenced } from './fenced.ts'

const heading = '## The pact verification fails, with the path'

/** What was changed in the running service, and what holding it to its consumers' pacts then told. */
export interface PactsTold {
  /** File, what stood there, what stands there instead. */
  readonly edits: readonly (readonly [file: string, from: string, to: string])[]
  /** What is not as a consumer reads it, each in a sentence. */
  readonly broken: readonly string[]
}

/** Writes the last section of `docs/contract-changes.md`. */
export function pactSection({ edits, broken }: PactsTold): string {
  const changes = edits.flatMap(([file, from, to]) => [`  ${file}`, `- ${from}`, `+ ${to}`])
  return [
    heading,
    '',
    'Say the author goes on until the catalogue compiles again, and runs. `npm run test:contract` holds a running catalogue that was changed like this',
    'to what its consumers’ tests once read:',
    '',
    ...fenced('diff', changes),
    'It fails. Who reads what, where, and in which of their tests:',
    '',
    ...fenced('text', broken).slice(0, -1),
  ]
    .join('\n')
    .concat('\n')
}

/** Gives the page with its last section replaced. */
export function withPactSection(page: string, section: string): string {
  return `${page.slice(0, page.length - pactSectionOf(page).length)}${section}`
}

/** Takes the last section out of the page. Throws `RangeError` where there is none. */
export function pactSectionOf(page: string): string {
  const from = page.indexOf(heading)
  if (from < 0) throw new RangeError(`docs/contract-changes.md has no section "${heading.slice(3)}"`)
  return page.slice(from)
}
