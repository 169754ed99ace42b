import { join } from 'node:path'
import { builtByGo } from '../obtain/build-go-program.ts'
import { fromCache, intoCache, type Pinned } from '../obtain/cached.ts'
import { fromPath } from '../obtain/from-path.ts'
import { fromKeptEnvironment, intoEnvironment, type VirtualEnvironment } from '../obtain/from-virtual-environment.ts'
import { oneBuildAtATime } from '../obtain/one-build-at-a-time.ts'
import type { ToolPin } from './tool-pin.ts'

const goGenerator: Pinned = { program: 'oapi-codegen', version: '2.8.2' }

const buildGoGenerator = builtByGo({
  title: 'oapi-codegen',
  module: 'oapi-codegen',
  package: 'github.com/oapi-codegen/oapi-codegen/v2/cmd/oapi-codegen',
  takes: 'a quarter of a minute',
})

const pythonGenerators: VirtualEnvironment = {
  program: 'python-generators',
  version: '0.89.0',
  requirements: join(import.meta.dirname, '..', '..', 'python-generators', 'requirements.txt'),
  size: '110 MB',
}

const pactPython: VirtualEnvironment = {
  program: 'pact-python',
  version: '4.2.0',
  requirements: join(import.meta.dirname, '..', '..', 'pact-python', 'requirements.txt'),
  size: '10 MB',
}

/** What makes Go, Python and Java from what contracts are written as, and compiles it; and a consumer's pact as Python writes it. Compilers are not fetched: who writes in a language has them. */
export const languageTools = {
  'oapi-codegen': {
    pinned: goGenerator,
    looks: [fromPath({ program: 'oapi-codegen', atLeast: '2.8.0' }), fromCache(goGenerator)],
    makes: [oneBuildAtATime(goGenerator, intoCache(goGenerator, buildGoGenerator))],
  },
  'python-generators': {
    pinned: pythonGenerators,
    looks: [fromKeptEnvironment(pythonGenerators)],
    makes: [intoEnvironment(pythonGenerators)],
  },
  'pact-python': { pinned: pactPython, looks: [fromKeptEnvironment(pactPython)], makes: [intoEnvironment(pactPython)] },
  go: { pinned: { program: 'go', version: '1.26' }, looks: [fromPath({ program: 'go', atLeast: '1.26.0', asks: ['version'] })], makes: [] },
  javac: { pinned: { program: 'javac', version: '17' }, looks: [fromPath({ program: 'javac', atLeast: '17.0.0' })], makes: [] },
} as const satisfies Record<string, ToolPin>
