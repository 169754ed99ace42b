import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { RefusedError } from '../command.ts'
import { writeOrCheck } from './write-or-check.ts'

const generated = {
  files: [
    { path: 'teas/generated/tea.json', text: '{}\n' },
    { path: 'teas/generated/schemas/Cup.json', text: '[]\n' },
  ],
  folders: ['teas/generated'],
}

async function checkout() {
  const root = await mkdtemp(join(tmpdir(), 'generated-'))
  onTestFinished(() => rm(root, { recursive: true }))
  const run = async (mode: 'write' | 'check') => {
    const lines: string[] = []
    const emission = { root, mode, command: 'npm run ashlar -- teas emit', print: (line: string) => void lines.push(line) }
    const refused: unknown = await writeOrCheck(generated, emission).then(
      () => undefined,
      (cause: unknown) => cause,
    )
    if (refused !== undefined && !(refused instanceof RefusedError)) throw refused
    return { lines, refused: refused?.message }
  }
  const put = async (path: string, text: string) => {
    await mkdir(join(root, path, '..'), { recursive: true })
    await writeFile(join(root, path), text)
  }
  return { root, run, put }
}

describe('generated files', () => {
  it('are written where they are missing or another, and left alone where they are right', async () => {
    const { root, run, put } = await checkout()
    await put('teas/generated/tea.json', '{"old":true}\n')
    expect((await run('write')).lines).toEqual(['wrote teas/generated/tea.json', 'wrote teas/generated/schemas/Cup.json'])
    expect(await readFile(join(root, 'teas/generated/tea.json'), 'utf8')).toBe('{}\n')
    expect((await run('write')).lines).toEqual(['2 files are up to date'])
  })

  it('are removed when nothing emits them any more, and nothing else is', async () => {
    const { root, run, put } = await checkout()
    await run('write')
    await put('teas/generated/schemas/Mug.json', '{}')
    await put('teas/index.ts', '')
    expect((await run('write')).lines).toContain('removed teas/generated/schemas/Mug.json')
    expect(await readdir(join(root, 'teas'), { recursive: true })).toEqual(
      expect.not.arrayContaining([expect.stringContaining('Mug')]),
    )
    expect(await readdir(join(root, 'teas'))).toContain('index.ts')
  })

  it('are each named by a check that finds them out of date, with what mends it, and stay as they are', async () => {
    const { root, run, put } = await checkout()
    await put('teas/generated/tea.json', '{"old":true}\n')
    await put('teas/generated/left.json', '{}')
    expect((await run('check')).refused).toBe(
      [
        'teas/generated/tea.json is not up to date',
        'teas/generated/schemas/Cup.json is not up to date',
        'teas/generated/left.json is emitted by nothing any more',
        'to mend: npm run ashlar -- teas emit',
      ].join('\n'),
    )
    expect(await readdir(join(root, 'teas/generated'))).toEqual(['left.json', 'tea.json'])
  })

  it('pass a check when they are as they would be written', async () => {
    const { run } = await checkout()
    await run('write')
    expect(await run('check')).toEqual({ lines: ['2 files are up to date'], refused: undefined })
  })
})
