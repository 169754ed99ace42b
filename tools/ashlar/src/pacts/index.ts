export { readEnvironments } from './environments.ts'
export { currentPacts, type PactFile } from './pact-files.ts'
export { noteResults } from './results.ts'
export { versionOf } from './version-of.ts'
