import { readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { brokenPathsIn, findPages } from './broken-paths.ts'

const root = fileURLToPath(new URL('../../..', import.meta.url))
const place = { root, folder: join(root, 'tools', 'check') }

it.each(findPages(root).map((page) => relative(root, page)))('%s points only to what is there', (page) => {
  expect(brokenPathsIn(readFileSync(join(root, page), 'utf8'), { root, folder: dirname(join(root, page)) })).toEqual([])
})

it('names a link that leads nowhere, and the path beside it', () => {
  const page = 'See [the plan](../plan.md#why), [checks](src/checks.ts) and `tools/check/src/gone.ts`.'
  expect(brokenPathsIn(page, place)).toEqual(['../plan.md', 'tools/check/src/gone.ts'])
})

it('leaves alone addresses, headings, code blocks and words that only look like paths', () => {
  const page = ['[a](https://nodejs.org) [b](#heading) `application/json` `/health/live` `tools/<name>/src`', '```', '`tools/gone`', '```']
  expect(brokenPathsIn(page.join('\n'), place)).toEqual([])
})
