import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** How a program is run. */
export interface Run {
  readonly cwd: string
  readonly env?: Readonly<Record<string, string>>
}

/** Runs a program to its end and gives what it printed. Throws with what it complained of, and of which file. */
export async function runTool(file: string, args: readonly string[], { cwd, env = {} }: Run): Promise<string> {
  try {
    const { stdout } = await run(file, [...args], { cwd, env: { ...process.env, ...env }, maxBuffer: 16 * 1024 * 1024 })
    return stdout
  } catch (cause) {
    const { stdout = '', stderr = '' } = cause as { stdout?: string; stderr?: string }
    throw new Error(`${file} ${args.join(' ')}\n${stdout}${stderr}`, { cause })
  }
}

/** Does one thing for each, two at a time: generators start slowly and each fills one core. */
export async function forEach<Item>(items: readonly Item[], deed: (item: Item) => Promise<void>): Promise<void> {
  const left = [...items]
  const worker = async (): Promise<void> => {
    for (let item = left.shift(); item !== undefined; item = left.shift()) await deed(item)
  }
  await Promise.all([worker(), worker()])
}
