/** One thing that must hold of the whole repository, and the command that tells. */
export interface Check {
  readonly name: string
  readonly command: readonly [string, ...string[]]
  /** What to do when it fails. */
  readonly remedy: string
}

export const checks: readonly Check[] = [
  // one checker: several at once each work out the same types, and the cores have the other checks to do; what has not changed
  // since the last time is not looked at again
  {
    name: 'types',
    command: ['tsc', '-p', '.', '--checkers', '1', '--incremental', '--tsBuildInfoFile', '.turbo/types.tsbuildinfo'],
    remedy: 'mend the types named above',
  },
  { name: 'lint and layers', command: ['oxlint', '--type-aware', '--quiet'], remedy: 'each message says what to use instead' },
  { name: 'format', command: ['oxfmt', '--check', '.'], remedy: 'npm run format' },
  { name: 'dead code', command: ['knip', '--no-progress'], remedy: 'remove what nothing uses' },
  { name: 'versions', command: ['sherif', '--no-install'], remedy: 'use one version of each dependency' },
  {
    name: 'generated documents',
    command: ['node', 'tools/ashlar/src/main.ts', 'contracts', 'emit', '--check'],
    remedy: 'npm run ashlar -- contracts emit, and commit what it writes',
  },
  {
    name: 'generated dashboards',
    command: ['node', 'tools/ashlar/src/main.ts', 'dashboards', 'emit', '--check'],
    remedy: 'npm run ashlar -- dashboards emit, and commit what it writes',
  },
  { name: 'package boundaries', command: ['turbo', 'boundaries'], remedy: 'declare the dependency in the package that imports it' },
]
