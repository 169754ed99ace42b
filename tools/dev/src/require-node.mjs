// Plain JavaScript that any Node reads: `node --import ./tools/dev/src/require-node.mjs …` sends one that is too old away
// with a reason, before it stumbles over the first line of TypeScript.
const oldest = [24, 12]
const [major = 0, minor = 0] = process.versions.node.split('.').map(Number)

if (major < oldest[0] || (major === oldest[0] && minor < oldest[1])) {
  console.error(
    [
      `This is Node ${process.versions.node}; Ashlar needs ${oldest.join('.')} or newer.`,
      'On Linux and Windows "npm ci" brings one, which npm scripts use: npm ci && npm run dev',
      'On macOS install it yourself: https://nodejs.org',
    ].join('\n'),
  )
  process.exit(1)
}
