import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

/** What the type checker had to do for a program. */
export interface TypeCost {
  readonly instantiations: number
  readonly checkSeconds: number
}

/** Checks a program. One thread, so that the count is the same each time. Rejects with what the checker has to say of wrong types. */
export async function checkProgram(folder: string, compiler: string): Promise<TypeCost> {
  const args = [compiler, '-p', folder, '--extendedDiagnostics', '--singleThreaded']
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 8_388_608 }).catch((cause: unknown) => {
    throw new Error(`the types are wrong: ${said(cause)}`, { cause })
  })
  const figure = (name: string): number => Number(new RegExp(`^${name}:\\s+([\\d.]+)`, 'm').exec(stdout)?.[1] ?? NaN)
  return { instantiations: figure('Instantiations'), checkSeconds: figure('Check time') }
}

function said(cause: unknown): string {
  return typeof cause === 'object' && cause !== null && 'stdout' in cause ? String(cause.stdout) : String(cause)
}
