import { kebabCase } from '@ashlar/contract'
import type { File } from '../changes.ts'
import { camelCase, wordsOf } from '../words.ts'

/** The fact: what it happened to, and when. */
export function eventFile(contract: string, name: string): File {
  const words = wordsOf(name)
  const id = words.length === 1 ? 'id' : camelCase([...words.slice(0, -1), 'id'])
  return {
    path: `contracts/${contract}/events/${kebabCase(name)}.ts`,
    text: `import { event, z } from '@ashlar/contract'

/** ${factIn(words)}. */
export const ${name} = event({
  version: 1,
  aggregate: '${id}',
  key: '${id}',
  data: z.object({ ${id}: z.uuid(), at: z.iso.datetime() }),
})
`,
  }
}

function factIn(words: readonly string[]): string {
  const [noun, deed] = [words.slice(0, -1).join(' '), words.at(-1) ?? '']
  const said = noun === '' ? deed : `${noun} was ${deed}`
  return said.slice(0, 1).toUpperCase() + said.slice(1)
}
