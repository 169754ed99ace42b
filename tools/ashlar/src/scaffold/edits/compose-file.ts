import { RefusedError } from '../../command.ts'
import type { File } from '../changes.ts'

/** Gives a service its container, its volume of secrets, and its place among what the gateway waits for. */
export function withContainer(compose: File, name: string): File {
  const secrets = `secrets-${name}`
  const inserted: readonly [RegExp, string][] = [
    [/(?:^ {6}- secrets-\w+:\/secrets\/\w+\n)+/m, `      - ${secrets}:/secrets/${name}\n`],
    [/^ {2}users:\n(?: {4}.*\n)+/m, containerOf(name)],
    [
      /(?<=^ {2}gateway:\n(?: {4}.*\n)*)(?:^ {6}\w+: \{ condition: service_healthy \}\n)+/m,
      `      ${name}: { condition: service_healthy }\n`,
    ],
    [/(?:^ {2}secrets-\w+:\n)+/m, `  ${secrets}:\n`],
  ]
  return {
    ...compose,
    text: inserted.reduce((text, [after, lines]) => insertAfter({ ...compose, text }, after, lines), `${compose.text.trimEnd()}\n`),
  }
}

function containerOf(name: string): string {
  return `
  ${name}:
    <<: *service
    hostname: ${name}
    command: [services/${name}/src/main.ts]
    environment: { <<: *variables, HOST: ${name} }
    volumes: [secrets-${name}:/run/ashlar:ro]
`
}

function insertAfter({ path, text }: File, after: RegExp, lines: string): string {
  const found = after.exec(text)
  if (found === null) throw new RefusedError(`${path} is written otherwise than expected: there is no ${after.source} in it`)
  const end = found.index + found[0].length
  return text.slice(0, end) + lines + text.slice(end)
}
