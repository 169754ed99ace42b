import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'

/** A container as compose.yaml describes it, its anchors resolved. */
export interface Container {
  readonly image: string
  readonly build?: { readonly context: string; readonly dockerfile: string }
  readonly restart: string
  readonly mem_limit: string
  readonly profiles?: readonly string[]
  readonly hostname?: string
  readonly entrypoint?: readonly string[]
  readonly command?: readonly string[]
  readonly environment?: Readonly<Record<string, string>>
  readonly volumes?: readonly string[]
  readonly ports?: readonly string[]
  readonly depends_on?: Readonly<Record<string, { readonly condition: string }>>
  readonly healthcheck?: { readonly disable?: boolean; readonly test?: readonly string[] }
  readonly logging?: object
  readonly cap_drop?: readonly string[]
  readonly read_only?: boolean
}

interface ComposeFile {
  readonly services: Readonly<Record<string, Container>>
  readonly volumes: Readonly<Record<string, null>>
}

/** The folder of compose.yaml, against which its paths are read. */
export const composeFolder = join(import.meta.dirname, '..', '..')

export const composeText = readFileSync(join(composeFolder, 'compose.yaml'), 'utf8')

export const compose = parse(composeText, { merge: true, maxAliasCount: -1 }) as ComposeFile

/** Containers by name, those left out that run once and end. */
export const running = Object.entries(compose.services).filter(([, { restart }]) => restart !== 'no')

/** A container of this name. Throws where there is none. */
export function container(name: string): Container {
  const found = compose.services[name]
  if (found === undefined) throw new Error(`compose.yaml has no ${name}`)
  return found
}

/** Mounts of volumes and files: what, where, and whether it may be written. */
export function mountsOf({
  volumes = [],
}: Container): { readonly source: string; readonly target: string; readonly mode: string | undefined }[] {
  return volumes.map((volume) => {
    const [source = '', target = '', mode] = volume.split(':')
    return { source, target, mode }
  })
}
