const shownFrames = 4
const indent = ' '.repeat(15)

/** A failure as it was logged. */
export interface LoggedError {
  readonly message?: unknown
  readonly stack?: unknown
}

/**
 * Renders what went wrong: each error of the chain with, for failures that are not expected, its first frames inside
 * this repository.
 */
export function renderFailure(err: LoggedError, { frames }: { frames: 'shown' | 'hidden' }): string {
  const text = typeof err.stack === 'string' ? err.stack : typeof err.message === 'string' ? err.message : JSON.stringify(err)
  const lines: string[] = []
  let left = 0
  for (const line of text.split('\n')) {
    if (!/^\s+at /.test(line)) {
      lines.push(line.trim())
      left = shownFrames
    } else if (frames === 'shown' && left > 0 && isOurs(line)) {
      lines.push(`  ${line.trim().replaceAll(`file://${process.cwd()}/`, '')}`)
      left -= 1
    }
  }
  return lines.map((line) => `${indent}${line}`).join('\n')
}

function isOurs(frame: string): boolean {
  return !/node:|node_modules/.test(frame)
}
