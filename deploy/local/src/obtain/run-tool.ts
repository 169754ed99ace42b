import { spawn } from 'node:child_process'

/** How a tool that fetches or builds is run. */
export interface ToolRun {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
  /** Told every line the tool prints. */
  readonly onLine?: (line: string) => void
  /** Ends the tool. */
  readonly signal?: AbortSignal | undefined
}

/** Runs a tool to its end. Throws with the last lines it printed when it fails or is not installed. */
export async function runTool(tool: string, args: readonly string[], { cwd, env = {}, onLine, signal }: ToolRun): Promise<void> {
  const child = spawn(tool, args, { cwd, stdio: ['ignore', 'pipe', 'pipe'], env: { ...process.env, ...env }, signal })
  const last: string[] = []
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => {
      for (const line of text.split('\n').filter((each) => each.trim() !== '')) {
        onLine?.(line)
        last.push(line)
        if (last.length > 3) last.shift()
      }
    })
  }
  await new Promise<void>((resolve, reject) => {
    child.once('error', (cause: NodeJS.ErrnoException) =>
      reject(new Error(cause.code === 'ENOENT' ? `${tool} is not installed` : cause.message, { cause })),
    )
    child.once('close', (code) => (code === 0 ? resolve() : reject(new Error(`${tool} failed: ${last.join(' ')}`))))
  })
}
