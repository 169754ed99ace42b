import { readdir, readFile, readlink } from 'node:fs/promises'

const shownLength = 100

/** A process that listens on a port. */
export interface PortHolder {
  readonly pid: number
  readonly command: string
}

/** Finds who listens on a port, where Linux shows it; elsewhere, or for processes of other users, `undefined`. */
export async function holderOfPort(port: number): Promise<PortHolder | undefined> {
  const inode = await listeningSocket(port)
  if (inode === undefined) return undefined
  for (const pid of (await readdir('/proc')).filter((entry) => /^\d+$/.test(entry))) {
    if (!(await holdsSocket(pid, inode))) continue
    const words = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
    return { pid: Number(pid), command: inOneLine(words) || 'a process' }
  }
  return undefined
}

function inOneLine(words: string): string {
  const line = words.replaceAll(/[\0\s]+/g, ' ').trim()
  return line.length > shownLength ? `${line.slice(0, shownLength - 1)}…` : line
}

// Columns of /proc/net/tcp: slot, local address:port in hexadecimal, remote, state (0A listens), …, inode as the tenth.
async function listeningSocket(port: number): Promise<string | undefined> {
  const table = await readFile('/proc/net/tcp', 'utf8').catch(() => '')
  const suffix = `:${port.toString(16).toUpperCase().padStart(4, '0')}`
  for (const line of table.split('\n').slice(1)) {
    const columns = line.trim().split(/\s+/)
    if (columns[1]?.endsWith(suffix) === true && columns[3] === '0A') return columns[9]
  }
  return undefined
}

async function holdsSocket(pid: string, inode: string): Promise<boolean> {
  const descriptors = await readdir(`/proc/${pid}/fd`).catch(() => [])
  for (const descriptor of descriptors) {
    const target = await readlink(`/proc/${pid}/fd/${descriptor}`).catch(() => '')
    if (target === `socket:[${inode}]`) return true
  }
  return false
}
