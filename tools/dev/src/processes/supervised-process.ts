import { setTimeout as sleep } from 'node:timers/promises'
import { askOnce } from '@deploy/local'
import { readAnnouncement } from './announcement.ts'
import { keepLastLines, type LastLines } from './last-lines.ts'
import { lastWords, reasonOf } from './last-words.ts'
import { runNode, type NodeProcess, type Program } from './node-process.ts'

export interface Supervision {
  readonly cwd: string
  readonly onLine: (name: string, line: string) => void
  /** Told what the supervisor does about the process, in words. */
  readonly onNote: (name: string, note: string) => void
  /** `watched` when a change of its code restarts it, which is then said of one that keeps failing. */
  readonly changes?: 'watched' | 'ignored' | undefined
}

const keptLines = 500
const stopPatienceMs = 2_400
const firstPauseMs = 200
const longestPauseMs = 5_000
const soundAfterMs = 5_000
const healthPauseMs = 50
const brokenAfterAttempts = 3

/** A program that is kept running: started again, after a growing pause, whenever it ends by itself. */
export class SupervisedProcess {
  readonly name: string
  readonly #program: Program
  readonly #supervision: Supervision
  readonly #lines: LastLines = keepLastLines(keptLines)
  #running: NodeProcess | undefined
  #said: LastLines = keepLastLines(keptLines)
  #url: string | undefined
  #readySince: number | undefined
  #isWanted = false
  #runs = 0
  #failures = 0
  /** Why it ended before it was ready, and how often in a row for that reason. */
  #trouble: { readonly reason: string; readonly times: number } | undefined
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
  /** It has ended for the same reason three times without ever having been ready: it waits for somebody to mend it. */
  get isBroken(): boolean {
    return (this.#trouble?.times ?? 0) >= brokenAfterAttempts
  }
  /** Its newest lines of output, over restarts. */
  get lines(): readonly string[] {
    return this.#lines.all()
  }

  /** Why its newest run ended, or what it said last. */
  get lastWords(): readonly string[] {
    return lastWords(this.#said.all())
  }

  start(): void {
    clearTimeout(this.#again)
    this.#isWanted = true
    if (this.#running !== undefined) return
    const { cwd, onLine } = this.#supervision
    const said = keepLastLines(keptLines)
    const child = runNode(this.#program, {
      cwd,
      onLine: (line) => {
        this.#lines.add(line)
        said.add(line)
        onLine(this.name, line)
        const url = readAnnouncement(line)
        if (url !== undefined) void this.#becomeReady(child, url)
      },
    })
    this.#running = child
    this.#said = said
    this.#runs += 1
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
    this.#trouble = undefined
    this.start()
  }

  /** Ends it as a crash would; it is then started again. */
  async kill(): Promise<void> {
    await this.#running?.kill()
  }

  async #becomeReady(child: NodeProcess, url: string): Promise<void> {
    this.#url = url
    while (this.#running === child && !this.isReady) {
      const healthy = await askOnce(url + this.#program.healthPath, 2_000)
      if (this.#running !== child) return
      if (healthy !== undefined) this.#isUp(url)
      else await sleep(healthPauseMs)
    }
  }

  #isUp(url: string): void {
    this.#readySince = performance.now()
    this.#trouble = undefined
    // Most likely at another port than before, so that whoever noted the old one should hear of it.
    if (this.#runs > 1 && this.#isWanted) this.#note(`runs again at ${url}`)
  }

  #ended(child: NodeProcess, how: string): void {
    if (this.#running !== child) return
    const wasReady = this.#readySince !== undefined
    const wasSound = wasReady && performance.now() - this.#readySince! > soundAfterMs
    this.#running = this.#url = this.#readySince = undefined
    if (!this.#isWanted) return
    this.#failures = wasSound ? 0 : this.#failures + 1
    const pauseMs = Math.min(firstPauseMs * 2 ** Math.max(this.#failures - 1, 0), longestPauseMs)
    this.#note(wasReady ? `ended (${how}), starts again in ${inSeconds(pauseMs)}` : this.#troubled(how, pauseMs))
    this.#again = setTimeout(() => this.start(), pauseMs)
  }

  /** What it said while it started was perhaps not shown: it is told once in full, and again when it says something else. */
  #troubled(how: string, pauseMs: number): string {
    const words = this.lastWords
    const reason = reasonOf(how, words)
    const times = this.#trouble?.reason === reason ? this.#trouble.times + 1 : 1
    this.#trouble = { reason, times }
    if (times > 1) {
      const sooner = this.#supervision.changes === 'watched' ? ', or when its code changes' : ''
      return `same error, attempt ${times}; next in ${inSeconds(pauseMs)}${sooner}`
    }
    const said =
      words.length === 0 ? 'it said nothing' : ['it said:', ...words.map((line) => `    ${this.#withoutOurFolder(line)}`)].join('\n')
    return `ended (${how}) before it was ready, starts again in ${inSeconds(pauseMs)}; ${said}`
  }

  #withoutOurFolder(line: string): string {
    const folder = `${this.#supervision.cwd}/`
    return line.replaceAll(`file://${folder}`, '').replaceAll(folder, '')
  }

  #note(note: string): void {
    this.#supervision.onNote(this.name, note)
  }
}

function inSeconds(durationMs: number): string {
  return `${durationMs / 1_000} s`
}
