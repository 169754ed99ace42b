import { readFile, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { isAlive } from '../is-alive.ts'
import { writeWhole } from '../system/write-whole.ts'
import type { StackPorts } from './stack-ports.ts'

/** Where the running stack is. */
export interface StackAddresses {
  /** Takes OTLP over HTTP: `OTEL_EXPORTER_OTLP_ENDPOINT`. */
  readonly otlpUrl: string
  readonly otlpGrpcUrl: string
  readonly jaegerUrl: string
  readonly lokiUrl: string
  readonly prometheusUrl: string
}

const noteName = 'addresses.json'

/** Gives the running stack's addresses for the system of a folder, or `undefined` when it does not run. */
export async function readStack(systemFolder: string): Promise<StackAddresses | undefined> {
  const text = await readFile(join(systemFolder, 'stack', noteName), 'utf8').catch(() => undefined)
  if (text === undefined) return undefined
  const { pid, ...addresses } = JSON.parse(text) as StackAddresses & { pid: number }
  // Or it was killed before it could take its note back.
  return isAlive(pid) ? addresses : undefined
}

/** Writes down where the stack is. */
export async function noteStack(folder: string, ports: StackPorts): Promise<StackAddresses> {
  const at = (port: number): string => `http://127.0.0.1:${port}`
  const addresses = {
    otlpUrl: at(ports.collector.otlpHttp),
    otlpGrpcUrl: at(ports.collector.otlpGrpc),
    jaegerUrl: at(ports.jaeger.query),
    lokiUrl: at(ports.loki.http),
    prometheusUrl: at(ports.prometheus.http),
  }
  await writeWhole(join(folder, noteName), `${JSON.stringify({ pid: process.pid, ...addresses }, undefined, 2)}\n`, { mode: 0o644 })
  return addresses
}

/** Takes the note back. */
export async function forgetStack(folder: string): Promise<void> {
  await rm(join(folder, noteName), { force: true })
}
