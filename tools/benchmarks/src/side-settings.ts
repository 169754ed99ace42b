const variable = 'BENCHMARK_SIDE'

/** Writes what a benchmark tells a process when it starts it, as environment. */
export function settingsEnvironment(settings: object): Readonly<Record<string, string>> {
  return { [variable]: JSON.stringify(settings) }
}

/** Reads it back: what the benchmark wrote, so whoever reads knows its form. */
export function readSettings(environment: NodeJS.ProcessEnv): unknown {
  return JSON.parse(environment[variable] ?? '{}')
}
