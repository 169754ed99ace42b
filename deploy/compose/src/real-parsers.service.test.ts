import { execFile } from 'node:child_process'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { needTool, ownFolder } from '@deploy/local/testing'
import { describe, expect, it } from 'vitest'
import { compose, composeFolder, composeText } from './testing/compose-file.ts'

const run = promisify(execFile)
const dockerfile = join(composeFolder, '..', 'images', 'Dockerfile')

interface Verdict {
  readonly accepted: boolean
  readonly said: string
}

async function ask(file: string, args: readonly string[]): Promise<Verdict> {
  try {
    const { stdout } = await run(file, [...args], { env: { PATH: process.env['PATH'], COMPOSE_PROFILES: '*' }, timeout: 50_000 })
    return { accepted: true, said: stdout }
  } catch (error) {
    const { stdout = '', stderr = '' } = error as { stdout?: string; stderr?: string }
    return { accepted: false, said: stdout + stderr }
  }
}

describe('compose.yaml', () => {
  const config = (file: string): string[] => ['--file', file, 'config', '--format', 'json']

  it('is accepted by the parser of Compose, which sees the containers we see', async (context) => {
    const { file } = await needTool(context, 'compose-config')
    const verdict = await ask(file, config(join(composeFolder, 'compose.yaml')))
    expect(verdict).toMatchObject({ accepted: true })
    const { services } = JSON.parse(verdict.said) as {
      services: Record<string, { image: string; mem_limit: string; environment?: object }>
    }
    expect(Object.keys(services).toSorted()).toEqual(Object.keys(compose.services).toSorted())
    for (const [name, seen] of Object.entries(services)) {
      const ours = compose.services[name]!
      expect(seen.image).toBe(ours.image)
      expect(Number(seen.mem_limit)).toBe(Number.parseInt(ours.mem_limit, 10) * 1_048_576)
      expect(Object.keys(seen.environment ?? {}).toSorted()).toEqual(Object.keys(ours.environment ?? {}).toSorted())
    }
  })

  it.for([
    ['  mem_limit: 148m', '  mem_limit: much'],
    ['{ condition: service_healthy }', '{ condition: when_it_likes }'],
    ['      - metrics:/prometheus', '      - measures:/prometheus'],
    ['  migrate: { condition', '  migrations: { condition'],
    ['restart: unless-stopped', 'restarts: unless-stopped'],
  ] as const)('is refused with "%s" as "%s", so that being accepted means something', async ([part, other], context) => {
    const { file } = await needTool(context, 'compose-config')
    expect(composeText).toContain(part)
    const damaged = join(await ownFolder(), 'compose.yaml')
    await writeFile(damaged, composeText.replace(part, other))
    expect(await ask(file, config(damaged))).toMatchObject({ accepted: false })
  })
})

describe('the Dockerfile', () => {
  it('is read without a complaint', async (context) => {
    const { file } = await needTool(context, 'hadolint')
    expect(await ask(file, ['--no-color', dockerfile])).toEqual({ accepted: true, said: '' })
  })

  it.for([
    ['USER 1000', 'USER root'],
    ['FROM ${NODE}\n', 'FROM node\n'],
    ['CMD ["node", "--max', 'CMD [node, "--max'],
  ] as const)('is complained of with "%s" as "%s"', async ([part, other], context) => {
    const { file } = await needTool(context, 'hadolint')
    const text = await readFile(dockerfile, 'utf8')
    expect(text).toContain(part)
    const damaged = join(await ownFolder(), 'Dockerfile')
    await writeFile(damaged, text.replace(part, other))
    expect(await ask(file, ['--no-color', damaged])).toMatchObject({ accepted: false })
  })
})
