/** The oldest Node that runs this repository's TypeScript as it is written. */
export const oldestNode = '24.12.0'

/** Says what to do when a Node is too old for this repository; `undefined` when it will do. */
export function complaintAboutNode(version: string): string | undefined {
  const [have, need] = [version, oldestNode].map((text) => text.replace(/^v/, '').split('.').map(Number)) as [number[], number[]]
  const isOlder = have[0]! < need[0]! || (have[0] === need[0] && have[1]! < need[1]!)
  if (!isOlder) return undefined
  return [
    `This is Node ${version}; Ashlar needs ${oldestNode} or newer.`,
    'On Linux and Windows "npm ci" brings one, which npm scripts use: npm ci && npm run dev',
    'On macOS install it yourself: https://nodejs.org',
  ].join('\n')
}
