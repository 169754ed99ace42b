import type { ServerResponse } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'

/** How one dependency does; `required: false` ones are shown but do not make the process unready. */
export interface DependencyHealth {
  readonly healthy: boolean
  readonly latencyMs?: number
  readonly detail?: string
  readonly required?: boolean
}

export interface HealthReport {
  readonly status: 'ready' | 'not_ready' | 'draining'
  readonly dependencies: Readonly<Record<string, Measured>>
}

export type HealthProbe = () => Promise<DependencyHealth>

interface Measured extends DependencyHealth {
  readonly latencyMs: number
}

const probeTimeoutMs = 1_000
const freshForMs = 250
const nextAfterMs = 50

/** Watches over a process's dependencies. Probes run when asked, at most four times a second and never longer than a second. */
export class Health {
  readonly #probes = new Map<string, HealthProbe>()
  #draining = false
  #latest: { at: number; report: Promise<HealthReport> } | undefined

  /** Adds a dependency to the report. */
  watch(name: string, probe: HealthProbe): void {
    this.#probes.set(name, probe)
  }

  /** From now on the process reports itself not ready, so that callers go elsewhere. */
  drain(): void {
    this.#draining = true
    this.#latest = undefined
  }

  get isDraining(): boolean {
    return this.#draining
  }

  report(): Promise<HealthReport> {
    const now = performance.now()
    if (this.#latest === undefined || now - this.#latest.at > freshForMs) this.#latest = { at: now, report: this.#ask() }
    return this.#latest.report
  }

  async #ask(): Promise<HealthReport> {
    const asked = await Promise.all(await this.#askInTurn())
    const isReady = asked.every(([, health]) => health.healthy || health.required === false)
    const status = this.#draining ? 'draining' : isReady ? 'ready' : 'not_ready'
    return { status, dependencies: Object.fromEntries(asked) }
  }

  // One after the other, so that probes of one database share a connection instead of keeping one each; but nobody has to
  // wait for one that hangs.
  async #askInTurn(): Promise<Promise<readonly [string, Measured]>[]> {
    const answers: Promise<readonly [string, Measured]>[] = []
    for (const [name, probe] of this.#probes) {
      const answer = inTime(probe).then((measured) => [name, measured] as const)
      answers.push(answer)
      await Promise.race([answer, sleep(nextAfterMs, undefined, { ref: false })])
    }
    return answers
  }
}

async function inTime(probe: HealthProbe): Promise<Measured> {
  const startedAt = performance.now()
  const measured = (health: DependencyHealth): Measured => ({
    ...health,
    latencyMs: Math.round((health.latencyMs ?? performance.now() - startedAt) * 10) / 10,
  })
  let timer: NodeJS.Timeout | undefined
  const tooLate = new Promise<DependencyHealth>((resolve) => {
    timer = setTimeout(() => resolve({ healthy: false, detail: 'no answer within a second' }), probeTimeoutMs)
  })
  try {
    return measured(await Promise.race([probe(), tooLate]))
  } catch (error) {
    return measured({ healthy: false, detail: error instanceof Error ? error.message : 'failed' })
  } finally {
    clearTimeout(timer)
  }
}

/** Who may ask: the neighbours see how each dependency does and what is wrong with it, the public its state only. */
export type HealthAudience = 'neighbours' | 'public'

/** Answers `/health/live` (200 while the process runs) and `/health/ready` (503 unless ready); `false` for any other path. */
export function answerHealth(
  { health, audience }: { health: Health; audience: HealthAudience },
  path: string,
  response: ServerResponse,
): boolean {
  if (path === '/health/live') {
    send(response, 200, { status: 'live' })
    return true
  }
  if (path !== '/health/ready') return false
  void health
    .report()
    .then((report) => send(response, report.status === 'ready' ? 200 : 503, audience === 'public' ? statesOf(report) : report))
  return true
}

/** Leaves out what names hosts, ports or the words of an error. */
function statesOf({ status, dependencies }: HealthReport): object {
  const states = Object.entries(dependencies).map(([name, { healthy }]) => [name, { healthy }])
  return { status, dependencies: Object.fromEntries(states) as object }
}

function send(response: ServerResponse, status: number, body: object): void {
  const text = JSON.stringify(body)
  response
    .writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text), 'cache-control': 'no-store' })
    .end(text)
}
