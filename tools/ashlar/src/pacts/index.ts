export { readEnvironments } from './environments.ts'
export { currentPacts } from './pact-files.ts'
export { noteResults, type Result } from './results.ts'
export { versionOf } from './version-of.ts'
