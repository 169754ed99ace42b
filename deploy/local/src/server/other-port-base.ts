import { isFree } from './is-free.ts'

const first = 4800
const last = 6400
const apart = 100

/**
 * Gives a port base for whoever finds a port in use: one that does not reach that port, and all of whose ports are free now.
 * Where none of the usual ones is, the next after that port.
 */
export async function otherPortBase(inUse: number): Promise<number> {
  for (let base = first; base <= last; base += apart) if (!reaches(base, inUse) && (await isAllFree(base))) return base
  return Math.ceil((inUse + 1) / apart) * apart
}

function reaches(base: number, port: number): boolean {
  return port >= base && port < base + apart
}

async function isAllFree(base: number): Promise<boolean> {
  const answers = await Promise.all(Array.from({ length: apart }, (_, distance) => isFree(base + distance)))
  return answers.every(Boolean)
}
