import { setTimeout as sleep } from 'node:timers/promises'
import { readAnnouncement } from './announcement.ts'
import { keepLastLines, type LastLines } from './last-lines.ts'
import { lastWords } from './last-words.ts'
import { runNode, type NodeProcess, type Program } from './node-process.ts'

export interface Supervision {
  readonly cwd: string
  readonly onLine: (name: string, line: string) => void
  /** Told what the supervisor does about the process, in words. */
  readonly onNote: (name: string, note: string) => void
}

const keptLines = 500
const shownLines = 10
const stopPatienceMs = 2_400
const firstPauseMs = 200
const longestPauseMs = 5_000
const soundAfterMs = 5_000
const healthPauseMs = 50

/** A program that is kept running: started again, after a growing pause, whenever it ends by itself. */
export class SupervisedProcess {
  readonly name: string
  readonly #program: Program
  readonly #supervision: Supervision
  readonly #lines: LastLines = keepLastLines(keptLines)
  #running: NodeProcess | undefined
  #url: string | undefined
  #readySince: number | undefined
  #isWanted = false
  #failures = 0
  #again: NodeJS.Timeout | undefined

  constructor(program: Program, supervision: Supervision) {
    this.name = program.name
    this.#program = program
    this.#supervision = supervision
  }

  get pid(): number | undefined {
    return this.#running?.pid
  }
  /** Where it listens, from when it has said so until it ends. */
  get url(): string | undefined {
    return this.#url
  }
  get isReady(): boolean {
    return this.#readySince !== undefined
  }
  /** Its newest lines of output, over restarts. */
  get lines(): readonly string[] {
    return this.#lines.all()
  }

  start(): void {
    clearTimeout(this.#again)
    this.#isWanted = true
    if (this.#running !== undefined) return
    const { cwd, onLine } = this.#supervision
    const child = runNode(this.#program, {
      cwd,
      onLine: (line) => {
        this.#lines.add(line)
        onLine(this.name, line)
        const url = readAnnouncement(line)
        if (url !== undefined) void this.#becomeReady(child, url)
      },
    })
    this.#running = child
    void child.exited.then((how) => this.#ended(child, how))
  }

  /** Ends it and does not start it again; kills it when it takes longer than 2.4 s. */
  async stop(pace: 'in-order' | 'hurried' = 'in-order'): Promise<void> {
    clearTimeout(this.#again)
    this.#isWanted = false
    await this.#running?.end(pace === 'in-order' ? stopPatienceMs : 0)
  }

  async restart(): Promise<void> {
    await this.stop()
    this.#failures = 0
    this.start()
  }

  /** Ends it as a crash would; it is then started again. */
  async kill(): Promise<void> {
    await this.#running?.kill()
  }

  #lastWords(): string {
    return lastWords(this.lines, shownLines)
      .map((line) => `    ${line}`)
      .join('\n')
  }

  async #becomeReady(child: NodeProcess, url: string): Promise<void> {
    this.#url = url
    while (this.#running === child && !this.isReady) {
      const healthy = await fetch(url + this.#program.healthPath, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined)
      await healthy?.body?.cancel()
      if (this.#running !== child) return
      if (healthy?.ok === true) this.#readySince = performance.now()
      else await sleep(healthPauseMs)
    }
  }

  #ended(child: NodeProcess, how: string): void {
    if (this.#running !== child) return
    const wasReady = this.#readySince !== undefined
    const wasSound = wasReady && performance.now() - this.#readySince! > soundAfterMs
    this.#running = this.#url = this.#readySince = undefined
    if (!this.#isWanted) return
    this.#failures = wasSound ? 0 : this.#failures + 1
    const pauseMs = Math.min(firstPauseMs * 2 ** Math.max(this.#failures - 1, 0), longestPauseMs)
    // What it said while it started may not have been shown; once is enough for a crash that repeats itself.
    const said = !wasReady && this.#failures === 1 ? `; it said:\n${this.#lastWords()}` : ''
    this.#supervision.onNote(this.name, `ended (${how}), starts again in ${pauseMs / 1_000} s${said}`)
    this.#again = setTimeout(() => this.start(), pauseMs)
  }
}
