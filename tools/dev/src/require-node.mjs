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

// Every program of the repository is then parsed and stripped of its types once, and not at every start: less to wait for,
// and 20 to 30 MB less memory, as the part of Node that strips is not loaded.
const { enableCompileCache } = await import('node:module')
const { fileURLToPath } = await import('node:url')
enableCompileCache(fileURLToPath(new URL('../../../node_modules/.cache/ashlar', import.meta.url)))
