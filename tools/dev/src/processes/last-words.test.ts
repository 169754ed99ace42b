import { expect, it } from 'vitest'
import { lastWords } from './last-words.ts'

it('shows the end of what was said', () => {
  expect(lastWords(['one', 'two', '', 'three'], 2)).toEqual(['two', 'three'])
})

it('keeps the line of an error, however many frames and causes follow it', () => {
  const frames = Array.from({ length: 20 }, (_, index) => `    at step${index} (main.ts:${index})`)
  const said = [
    'file:///main.ts:8',
    '  throw error',
    'KeyError: cannot read keys from /keys/own.json: it is not JSON',
    ...frames,
    'Node.js v24',
  ]
  expect(lastWords(said, 3)).toEqual([said[2], frames.at(-2), frames.at(-1)])
})
