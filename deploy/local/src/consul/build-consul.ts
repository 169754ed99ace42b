import { basename, dirname } from 'node:path'
import { buildGoProgram } from '../obtain/build-go-program.ts'
import type { OnProgress } from '../obtain/ways.ts'

/** Builds Consul: about four minutes the first time, and some 2 GB of Go's caches. Gives the path of the program. */
export function buildConsul(program: string, onProgress: OnProgress): Promise<string> {
  const consul = { title: 'Consul', module: 'consul', package: 'github.com/hashicorp/consul', takes: 'about 4 minutes' }
  return buildGoProgram(consul, basename(program), { scratch: dirname(program), onProgress })
}
